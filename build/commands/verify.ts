import { join, resolve } from 'node:path';
import { copyInto, makeFolder, repository } from '../host/files.ts';
import type { Progress } from '../host/progress.ts';
import { withOpenFolder } from '../host/scratch.ts';
import { openStore, withTemporary } from '../host/store.ts';
import { errorCodes, IngotError } from '../model/errors.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { executeStage } from '../stages/execute.ts';
import { sourceKind } from '../stages/model-source.ts';
import { buildIn, copyParts } from './_build-in.ts';
import { writeBundle } from './_bundle.ts';
import { compareBuilds, explainBuilds } from './_compare-builds.ts';
import { type Environment, environments, type Seen } from './_environments.ts';
import { buildTools, requireRoot, requireTools, verifyTools } from './_host.ts';
import { lockPath, type Overrides, readImage } from './_inputs.ts';
import { ingotVersion } from './_make-lock.ts';
import { type Proof, proofPath, writeProof } from './_proof.ts';
import { type SourceOptions, sourcesFrom } from './_sources.ts';
import { readStageCode } from './_stage-code.ts';
import { mirrorOption, recipeOptions, type Verb } from './_verb.ts';

export interface VerifyOptions extends Overrides, SourceOptions {
  target: string;
  /** Names of the environments to build in, besides the baseline. */
  environments: string[];
}

/** Builds a recipe in several environments, each with a store of its own, and compares every finished file. */
export async function verify(recipe: string, options: VerifyOptions, progress: Progress): Promise<Proof> {
  const image = await readImage(recipe, options.target, options);
  requireRoot();
  await requireTools({ ...buildTools, ...verifyTools });
  const store = await openStore();
  const execution = { store, progress, sources: sourcesFrom(options) };
  const manifest = resolveManifest(image, await readStageCode());
  const tools = await executeStage(manifest, manifest.output.record.toolsStage, execution);
  const { sourceDateEpoch } = image.lock;

  return withTemporary(store, (folder) =>
    withOpenFolder('verify', async (shown) => {
      await writeBundle(image, join(folder, 'bundle'), execution);
      // Once, so that an edit meanwhile changes nothing.
      await copyParts(repository, join(folder, 'checkout'));
      const args = await buildArguments(recipe, options, image.recipe, { folder, shown });
      const proof: Proof = {
        schema: 1,
        recipe,
        target: options.target,
        base: image.recipe.base,
        ingot: await ingotVersion(),
        archive: image.lock.release.date,
        manifest: manifest.id,
        environments: [],
        differences: [],
      };
      let baseline: { out: string; seen: Seen } | undefined;
      for (const environment of chosen(options.environments)) {
        const end = progress.begin(`verify ${environment.name}`, environment.varies);
        const built = await buildIn({ environment, folder, shown, tools, args });
        baseline ??= built;
        const evidence = inForce(environment, built.seen, baseline.seen);
        const compared = await compareBuilds(baseline.out, built.out);
        proof.environments.push({
          name: environment.name,
          varies: environment.varies,
          evidence,
          ...compared,
        });
        end(`${evidence}; ${compared.differingBytes} bytes differ`);
        if (compared.differingBytes)
          proof.differences.push(
            ...(await explainBuilds(environment.name, [baseline.out, built.out], {
              tools,
              sourceDateEpoch,
              store,
            })),
          );
      }
      return proof;
    }),
  );
}

function chosen(names: string[]): Environment[] {
  return environments.filter(({ name }, index) => index === 0 || names.includes(name));
}

/** The recipe's options as the build in an environment is given them; files are shown where every user may read. */
async function buildArguments(
  name: string,
  options: VerifyOptions,
  recipe: Parameters<typeof lockPath>[0],
  { folder, shown }: { folder: string; shown: string },
): Promise<string[]> {
  const lock = 'used.lock.json';
  await copyInto(lockPath(recipe, options), join(folder, lock));
  const models = (options.model ?? []).flatMap((model) => [
    '--model',
    sourceKind({ name: '', source: model }) === 'file' ? resolve(model) : model,
  ]);
  return [name, '--target', options.target, '--base', recipe.base, '--lock', join(shown, lock), ...models];
}

function inForce(environment: Environment, seen: Seen, baseline: Seen): string {
  const evidence = environment.evidence(seen, baseline);
  if (evidence) return evidence;
  throw new IngotError(
    'VERIFY_FAILED',
    `environment ${environment.name} was not in force: nothing shows that ${environment.varies}`,
    { hint: 'this machine cannot vary it; name the others with --only' },
  );
}

/** Environments by name, else the first of them up to a number that counts the baseline. */
function environmentNames(only: string[] | undefined, count: string): string[] {
  const names = environments.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown)
    throw new IngotError('USAGE', `environment ${unknown} does not exist`, {
      hint: `there are ${names.join(', ')}`,
    });
  if (only) return only;
  const number = Number(count);
  if (Number.isInteger(number) && number >= 2 && number <= names.length) return names.slice(0, number);
  throw new IngotError('USAGE', `--environments ${count} is not a number from 2 to ${names.length}`, {
    hint: 'the baseline counts as one',
  });
}

function report(proof: Proof): string {
  const total = proof.environments.reduce((sum, { differingBytes }) => sum + differingBytes, 0);
  const [baseline] = proof.environments;
  return [
    ...proof.environments.map(
      ({ name, evidence, differingBytes }) =>
        `${name.padEnd(10)} ${differingBytes} bytes differ (${evidence})`,
    ),
    ...proof.differences.map(
      ({ environment, where, cause }) =>
        `\n${environment}: ${where.join(' > ')}\n${cause.replaceAll(/^/gm, '    ')}`,
    ),
    '',
    ...Object.entries(baseline!.files).map(([name, hash]) => `${hash}  ${name}`),
    `${proof.environments.length} environments, ${total} differing bytes`,
  ].join('\n');
}

export const verb: Verb = {
  name: 'verify',
  summary: 'builds under varied conditions, compares every byte and explains what differs',
  arguments: [['<recipe>', 'name of a recipe']],
  options: [
    { flags: '--target <name>', description: 'what to build, see ingot list', default: 'iso' },
    {
      flags: '--environments <number>',
      description: `how many of the ${environments.length}, the baseline counted`,
      default: String(environments.length),
    },
    {
      flags: '--only <name>',
      description: `an environment besides the baseline: ${environments
        .slice(1)
        .map(({ name }) => name)
        .join(', ')}`,
      several: true,
    },
    ...recipeOptions,
    mirrorOption,
    { flags: '--out <folder>', description: 'where the finding goes, as JSON', default: 'out' },
    {
      flags: '--record',
      description: "keep the finding beside the recipe's lock; README's table is made from it",
    },
  ],
  examples: [
    'ingot verify nanite-server --target iso',
    'ingot verify nanite-server --only clock --only path',
  ],
  async run([recipe], options, progress) {
    const names = environmentNames(options.only, options.environments!);
    const target = String(options.target);
    const proof = await verify(recipe!, { ...options, target, environments: names }, progress);
    await makeFolder(resolve(options.out!));
    await writeProof(join(resolve(options.out!), `${recipe}.${proof.base}.${target}.proof.json`), proof);
    if (options.record) await writeProof(proofPath(proof), proof);
    const status = proof.environments.some(({ differingBytes }) => differingBytes)
      ? errorCodes.VERIFY_FAILED.exit
      : 0;
    return { text: report(proof), json: proof, status };
  },
};
