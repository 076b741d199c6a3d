import { join, resolve } from 'node:path';
import { formatBytes } from '../formats/size.ts';
import { deliver } from '../host/deliver.ts';
import { readText } from '../host/files.ts';
import type { Progress } from '../host/progress.ts';
import { openStore } from '../host/store.ts';
import { describeSurroundings } from '../host/surroundings.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { ageWarnings } from '../resolve/lock-age.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { executeStage } from '../stages/execute.ts';
import { buildTools, requireRoot, requireTools } from './_host.ts';
import { defaultRecipe, type Overrides, readImage } from './_inputs.ts';
import { type SourceOptions, sourcesFrom } from './_sources.ts';
import { requireSpace } from './_space.ts';
import { readStageCode } from './_stage-code.ts';
import { mirrorOption, recipeOptions, targetOption, type Verb } from './_verb.ts';

export interface BuildOptions extends Overrides, SourceOptions {
  target: string[];
  out: string;
}

/** Builds every target of a recipe; returns the paths and records of the finished files. */
export async function build(
  recipe: string,
  options: BuildOptions,
  progress: Progress,
): Promise<{ path: string; record: ArtifactRecord }[]> {
  const images = await Promise.all(options.target.map((target) => readImage(recipe, target, options)));
  for (const { lock, recipe } of images)
    for (const warning of ageWarnings(lock, recipe, Date.now())) progress.note(warning);
  requireRoot();
  await requireTools(buildTools);
  const store = await openStore();
  progress.data('surroundings', await describeSurroundings(store.folder));
  const code = await readStageCode();
  const sources = sourcesFrom(options);
  const built: { path: string; record: ArtifactRecord }[] = [];
  for (const image of images) {
    const manifest = resolveManifest(image, code);
    await requireSpace(image, manifest, store);
    const end = progress.begin('build', manifest.output.fileName);
    const last = manifest.stages.at(-1)!;
    const folder = await executeStage(manifest, last.id, { store, progress, sources });
    const facts = JSON.parse(await readText(join(folder, 'facts.json'))) as { size: number; sha256: string };
    const record: ArtifactRecord = { ...manifest.output.record, ...facts };
    const path = await deliver(
      join(folder, 'image.iso'),
      resolve(options.out),
      record,
      image.lock.sourceDateEpoch,
    );
    end(`${formatBytes(facts.size)}, sha256 ${facts.sha256.slice(0, 16)}…`);
    built.push({ path, record });
  }
  return built;
}

export const verb: Verb = {
  name: 'build',
  summary: 'builds a recipe for one or more targets',
  arguments: [['[recipe]', `name of a recipe (default ${defaultRecipe})`]],
  options: [
    targetOption,
    ...recipeOptions,
    mirrorOption,
    { flags: '--offline', description: 'without any network: only the store and mirrors that are folders' },
    { flags: '--out <folder>', description: 'where the finished files go', default: 'out' },
  ],
  examples: ['ingot build nanite-server', 'ingot build nanite-server --model /models/my-model.gguf'],
  async run([recipe = defaultRecipe], options, progress) {
    const built = await build(recipe, { ...options, target: options.target!, out: options.out! }, progress);
    return { text: built.map(({ path }) => path).join('\n'), json: built };
  },
};
