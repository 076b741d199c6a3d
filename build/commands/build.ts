import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { readSigningKeys, signArtifact } from '../attest/sign.ts';
import { formatBytes } from '../formats/text/size.ts';
import { describeEnvironment } from '../host/environment.ts';
import { makeWritableFolder, mapLimited } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import { deliver } from '../host/store/deliver.ts';
import { IngotError, within } from '../model/errors.ts';
import type { ArtifactRecord, Manifest } from '../model/types.ts';
import { defaultRecipe, type Overrides, readImages, targetsOfPlatform } from '../project/inputs.ts';
import { requireKernel } from '../project/plan-kernel.ts';
import { type SourceOptions, sourcesFrom } from '../project/sources.ts';
import { readStageCode } from '../project/stage-code.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { warningsOf } from '../resolve/warnings.ts';
import { executeStages } from '../stages/execute.ts';
import { imageName, readDigest } from '../stages/stage-output.ts';
import { buildTools, requireHost } from './_host.ts';
import { requireSpace } from './_space.ts';
import { fetchOptions, type Options, recipeOptions, tagOption, targetOption, type Verb } from './_verb.ts';

export interface BuildOptions extends Overrides, SourceOptions {
  target: string[];
  out: string;
  /** How many compilers may run at once, as it was typed. */
  jobs?: string;
  /** Paths of keys to sign the finished files with. */
  sign?: string[];
}

/**
 * Builds every target of a recipe, several at once, and what they share only once; returns the paths and
 * records of the finished files.
 */
export async function build(
  recipe: string,
  options: BuildOptions,
  progress: Progress,
): Promise<{ path: string; record: ArtifactRecord }[]> {
  const images = await readImages(recipe, options.target, options);
  const keys = await readSigningKeys(options.sign ?? []);
  // Of several targets, most say the same.
  const warnings = images.flatMap((image) => warningsOf(image, Date.now()));
  for (const warning of new Set(warnings)) progress.note(warning);
  const jobs = jobsOf(options);
  const sources = await sourcesFrom(options);
  const out = resolve(options.out);
  const store = await requireHost(buildTools);
  progress.data('environment', await describeEnvironment(store.folder));
  // Known now, and not when all is built.
  for (const [what, folder] of [
    ['output folder', out],
    ['store', store.folder],
  ] as const)
    await makeWritableFolder(folder).catch((error) => {
      throw within(`${what} ${folder}`, error);
    });
  await requireKernel(images, { store, progress, sources });
  const code = await readStageCode();
  const execution = { store, progress, sources, ...jobs, running: new Map<string, Promise<boolean>>() };
  return mapLimited(images, availableParallelism(), async (image) => {
    const manifest = resolveManifest(image, code);
    await requireSpace(image, manifest, store);
    const end = progress.begin('build', manifest.output.fileName);
    const attest = manifest.stages.at(-1)!;
    const ids = [attest.inputs.artifact!, attest.id];
    const [made, attested] = (await executeStages(manifest, ids, execution)) as [string, string];
    const fresh = (await execution.running.get(attest.inputs.artifact!))!;
    const { path, record } = await deliverTo(out, { manifest, made, fresh, attested }).catch((error) => {
      throw within('delivery', error);
    });
    if (keys.length) await signArtifact(path, keys, progress);
    end(`${formatBytes(record.size)}, sha256 ${record.sha256.slice(0, 16)}…`);
    return { path, record };
  });
}

async function deliverTo(
  folder: string,
  { manifest, made, fresh, attested }: { manifest: Manifest; made: string; fresh: boolean; attested: string },
): Promise<{ path: string; record: ArtifactRecord }> {
  const record: ArtifactRecord = { ...manifest.output.record, ...(await readDigest(made)) };
  const sourceDateEpoch = Number(manifest.stages.at(-1)!.options.sourceDateEpoch);
  const path = await deliver({
    artifact: join(made, imageName),
    made: fresh,
    attested,
    record,
    folder,
    sourceDateEpoch,
  });
  return { path, record };
}

export const verb: Verb = {
  name: 'build',
  summary: 'builds a recipe for one or more targets',
  arguments: [['[recipe]', `name of a recipe (default ${defaultRecipe})`]],
  options: [
    { ...targetOption, description: `${targetOption.description} (default: iso)`, default: undefined },
    {
      flags: '--platform <name>',
      description: 'all targets of a platform: vm, aws and so on; cloud stands for every cloud',
      several: true,
    },
    ...recipeOptions,
    tagOption,
    ...fetchOptions,
    { flags: '--offline', description: 'use no network: only the store, and mirrors that are folders' },
    { flags: '--out <folder>', description: 'where the finished files go', default: 'out' },
    {
      flags: '--jobs <number>',
      description: 'how many compilers build a kernel at once (default: one for each processor)',
    },
    { flags: '--sign <key>', description: 'sign with a secret key of minisign or SSH', several: true },
  ],
  examples: [
    'ingot build nanite-server',
    'ingot build nanite-server --platform cloud',
    'ingot build nanite-server --model /models/my-model.gguf',
    'ingot build nanite-server --set system.hostname=box --set zram.algorithm=lz4',
    'ingot build nanite-server --model chat=/models/my-model.gguf --tag trial',
  ],
  async run([recipe = defaultRecipe], options, progress) {
    const target = await chosenTargets(options);
    const built = await build(recipe, { ...options, target, out: options.out! }, progress);
    return { text: built.map(({ path }) => path).join('\n'), json: built };
  },
};

/** How many compilers may run at once, where that was said. */
function jobsOf({ jobs }: BuildOptions): { jobs?: number } {
  if (jobs === undefined) return {};
  if (/^[1-9]\d{0,3}$/.test(jobs)) return { jobs: Number(jobs) };
  throw new IngotError('USAGE', `--jobs ${jobs} is not a number of compilers`, {
    hint: 'a whole number from 1 to 9999, or leave it out',
  });
}

/** Each target once: those that are named, then those of whole platforms. */
async function chosenTargets({ target = [], platform = [] }: Options): Promise<string[]> {
  const targets = [...target, ...(await Promise.all(platform.map(targetsOfPlatform))).flat()];
  return targets.length ? [...new Set(targets)] : ['iso'];
}
