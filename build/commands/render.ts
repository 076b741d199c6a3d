import { join, resolve } from 'node:path';
import { copy } from '../host/fs/files.ts';
import { writeTree } from '../host/fs/write-tree.ts';
import { readImage } from '../project/inputs.ts';
import { sourcesFrom } from '../project/sources.ts';
import { readStageCode } from '../project/stage-code.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { renderTree } from '../resolve/tree.ts';
import { executeStage } from '../stages/execute.ts';
import { buildTools, requireHost } from './_host.ts';
import { fetchOptions, recipeOptions, targetOption, type Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'render',
  summary:
    'writes the configuration that the stock tool builds from: for lb build, or the partitions for systemd-repart',
  arguments: [['<recipe>', 'name of a recipe']],
  options: [
    { ...targetOption, several: false, default: 'iso' },
    ...recipeOptions,
    ...fetchOptions,
    { flags: '--out <folder>', description: 'new or empty folder to write to', default: 'out/rendered' },
  ],
  examples: ['ingot render nanite-server --target iso --out /tmp/nanite && cd /tmp/nanite && lb build'],
  async run([recipe], options, progress) {
    const sources = await sourcesFrom(options);
    const image = await readImage(recipe!, String(options.target), options);
    const folder = resolve(options.out!);
    const tree = renderTree(image);
    // The models' file system is made by a stage, which runs in the tools tree.
    const store = await requireHost(buildTools);
    const manifest = resolveManifest(image, await readStageCode());
    await writeTree(tree, folder, async (entry, to) => {
      const stage = manifest.stages.find((candidate) => candidate.type === entry.stage)!;
      const made = await executeStage(manifest, stage.id, { store, progress, sources });
      await copy(join(made, entry.file), to);
    });
    return { text: folder, json: { folder, entries: tree.map(({ path, kind }) => ({ path, kind })) } };
  },
};
