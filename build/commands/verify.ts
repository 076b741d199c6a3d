import { join, resolve } from 'node:path';
import { copyInto, repository } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { withOpenFolder } from '../host/fs/scratch.ts';
import type { Progress } from '../host/progress.ts';
import { removeFolder } from '../host/store/discard.ts';
import { withTemporary } from '../host/store/store.ts';
import { ingotVersion } from '../locking/make-lock.ts';
import { errorCodes, IngotError } from '../model/errors.ts';
import type { Image } from '../model/image.ts';
import type { Manifest } from '../model/types.ts';
import { writeBundle } from '../project/bundle.ts';
import { lockPath, type Overrides, readImages } from '../project/inputs.ts';
import { modelsFromOptions, optionOf } from '../project/named-models.ts';
import { type SourceOptions, sourcesFrom } from '../project/sources.ts';
import { readStageCode } from '../project/stage-code.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { executeStage } from '../stages/execute.ts';

import { buildVaried, copyParts } from '../verify/build-varied.ts';
import { compareBuilds, explainBuilds } from '../verify/compare-builds.ts';
import { describeProof, type Proof, proofPath, writeProof } from '../verify/proof.ts';
import { chosen, type Environment, environmentNames, environments, type Seen } from '../verify/variations.ts';
import { buildTools, requireHost, verifyTools } from './_host.ts';
import { fetchOptions, recipeOptions, targetOption, type Verb } from './_verb.ts';

export interface VerifyOptions extends Overrides, SourceOptions {
  targets: string[];
  /** Names of the environments to build in, besides the baseline. */
  environments: string[];
}

/**
 * Builds a recipe's targets in several environments, each with a store of its own, and compares every
 * finished file; one proof per target.
 */
export async function verify(recipe: string, options: VerifyOptions, progress: Progress): Promise<Proof[]> {
  const images = await readImages(recipe, options.targets, options);
  const [image] = images as [Image];
  const sources = await sourcesFrom(options);
  const store = await requireHost({ ...buildTools, ...verifyTools });
  const execution = { store, progress, sources };
  const code = await readStageCode();
  const manifests = images.map((each) => resolveManifest(each, code));
  const [manifest] = manifests as [Manifest];
  const tools = await executeStage(manifest, manifest.output.record.toolsStage, execution);
  const { sourceDateEpoch } = image.lock;

  return withTemporary(store, (folder) =>
    withOpenFolder('verify', async (shown) => {
      await writeBundle(images, join(folder, 'bundle'), execution);
      // Once, so that an edit meanwhile changes nothing.
      await copyParts(repository, join(folder, 'checkout'));
      const args = await buildArguments(recipe, options, image.recipe, { folder, shown });
      const ingot = await ingotVersion();
      const proofs = manifests.map(
        ({ id, output }): Proof => ({
          schema: 1,
          recipe,
          target: output.record.target,
          base: image.recipe.base,
          ingot,
          archive: image.lock.release.date,
          manifest: id,
          environments: [],
          differences: [],
        }),
      );
      let baseline: { out: string; seen: Seen } | undefined;
      for (const environment of chosen(options.environments)) {
        const end = progress.begin(`verify ${environment.name}`, environment.varies);
        const built = await buildVaried({ environment, folder, shown, tools, args });
        baseline ??= built;
        const evidence = inForce(environment, built.seen, baseline.seen);
        let differing = 0;
        for (const [index, proof] of proofs.entries()) {
          const artifact = manifests[index]!.output.fileName;
          const pair: [string, string] = [baseline.out, built.out];
          const compared = await compareBuilds(artifact, pair);
          const { name, varies } = environment;
          proof.environments.push({ name, varies, evidence, ...compared });
          differing += compared.differingBytes;
          if (!compared.differingBytes) continue;
          const explained = await explainBuilds({ environment: name, artifact }, pair, {
            tools,
            sourceDateEpoch,
            store,
          });
          proof.differences.push(...explained);
        }
        // Disks are large: only the baseline's are needed again.
        if (built !== baseline) await removeFolder(built.out);
        end(`${evidence}; ${differing} bytes differ`);
      }
      return proofs;
    }),
  );
}

/**
 * The recipe's options as the build in an environment is given them; files are shown where every user may
 * read.
 */
async function buildArguments(
  name: string,
  options: VerifyOptions,
  recipe: Parameters<typeof lockPath>[0],
  { folder, shown }: { folder: string; shown: string },
): Promise<string[]> {
  const lock = 'used.lock.json';
  await copyInto(lockPath(recipe, options), join(folder, lock));
  const models = modelsFromOptions(options.model ?? []).flatMap((model) => ['--model', optionOf(model)]);
  const targets = options.targets.flatMap((target) => ['--target', target]);
  const disk = options.diskSize ? ['--disk-size', options.diskSize] : [];
  const memory = options.memory ? ['--memory', options.memory] : [];
  const set = (options.set ?? []).flatMap((one) => ['--set', one]);
  return [
    name,
    ...targets,
    '--base',
    recipe.base,
    '--lock',
    join(shown, lock),
    ...models,
    ...set,
    ...disk,
    ...memory,
  ];
}

function inForce(environment: Environment, seen: Seen, baseline: Seen): string {
  const evidence = environment.evidence(seen, baseline);
  if (evidence) return evidence;
  throw new IngotError(
    'VERIFY_FAILED',
    `environment ${environment.name} had no effect on this host: nothing shows that ${environment.varies}`,
    { hint: 'skip it: name the others with --only' },
  );
}

export const verb: Verb = {
  name: 'verify',
  summary: 'builds a recipe again under other conditions (clock, user, paths) and compares every byte',
  arguments: [['<recipe>', 'name of a recipe']],
  options: [
    targetOption,
    {
      flags: '--environments <number>',
      description: `how many of the ${environments.length} to build in; the baseline counts as one`,
      default: String(environments.length),
    },
    {
      flags: '--only <name>',
      description: `only this environment besides the baseline: ${environments
        .slice(1)
        .map(({ name }) => name)
        .join(', ')}`,
      several: true,
    },
    ...recipeOptions,
    ...fetchOptions,
    { flags: '--out <folder>', description: 'where the result goes, as JSON', default: 'out' },
    {
      flags: '--record',
      description: "keep the result beside the recipe's lock; the table in the documentation is made from it",
    },
  ],
  examples: [
    'ingot verify nanite-server --target iso',
    'ingot verify nanite-server --only clock --only path',
  ],
  async run([recipe], options, progress) {
    const names = environmentNames(options.only, options.environments!);
    const targets = options.target!;
    if (options.record && options.set?.length)
      throw new IngotError(
        'USAGE',
        '--record keeps a proof of the recipe as it is written, and --set changes it',
        {
          hint: 'leave one of them out',
        },
      );
    const proofs = await verify(recipe!, { ...options, targets, environments: names }, progress);
    await makeFolder(resolve(options.out!));
    for (const proof of proofs) {
      const name = `${recipe}.${proof.base}.${proof.target}.proof.json`;
      await writeProof(join(resolve(options.out!), name), proof);
      if (options.record) await writeProof(proofPath(proof), proof);
    }
    const differ = proofs.some((proof) => proof.environments.some(({ differingBytes }) => differingBytes));
    const status = differ ? errorCodes.VERIFY_FAILED.exit : 0;
    return { text: proofs.map(describeProof).join('\n\n'), json: proofs, status };
  },
};
