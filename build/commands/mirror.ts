import { join, resolve } from 'node:path';
import { formatBytes } from '../formats/size.ts';
import { copyInto, exists, fileSize, hashFile, listFiles, makeFolder, move } from '../host/files.ts';
import { openStore, withTemporary } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Image } from '../model/types.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { executeStage } from '../stages/execute.ts';
import { sourceKind } from '../stages/model-source.ts';
import { bundledModel, obtainModel } from '../stages/obtain-model.ts';
import { readImage } from './_inputs.ts';
import { sourcesFrom } from './_sources.ts';
import { readStageCode } from './_stage-code.ts';
import { mirrorOption, recipeOptions, type Verb } from './_verb.ts';

/** One file of the folder: its path there, and what it must hold. */
interface BundleFile {
  path: string;
  size: number;
  sha256: string;
}

export const verb: Verb = {
  name: 'mirror',
  summary: 'writes exactly the locked files to a folder, from which a machine without a network builds',
  arguments: [['<recipe>', 'name of a recipe']],
  options: [
    ...recipeOptions,
    mirrorOption,
    { flags: '--out <folder>', description: 'folder to write to', default: 'out/mirror' },
  ],
  examples: [
    'ingot mirror nanite-server --out /media/stick/mirror',
    'ingot build nanite-server --mirror /media/stick/mirror --offline',
  ],
  async run([recipe], options, progress) {
    const image = await readImage(recipe!, 'iso', options);
    const files = bundleOf(image);
    const folder = resolve(options.out!);
    await refuseOthers(folder, files);
    const store = await openStore();
    const sources = sourcesFrom(options);
    const manifest = resolveManifest(image, await readStageCode());
    for (const stage of manifest.stages.filter(({ type }) => type === 'fetch'))
      await executeStage(manifest, stage.id, { store, progress, sources });
    await withTemporary(store, async (scratch) => {
      for (const model of image.lock.models)
        if (sourceKind(model) === 'url') await obtainModel(model, { store, scratch, progress, sources });
    });
    const end = progress.begin('mirror', folder);
    let written = 0;
    for (const file of files) if (await place(store.file(file.sha256), folder, file)) written++;
    const total = formatBytes(files.reduce((sum, { size }) => sum + size, 0));
    end(`${files.length} files, ${written} of them new, ${total}`);
    return { text: folder, json: { folder, files: files.length, written } };
  },
};

/** Every file that a build would fetch. What Ingot synthesises, and what lies in the checkout, is not from elsewhere. */
function bundleOf({ lock }: Image): BundleFile[] {
  const models = lock.models.filter((model) => sourceKind(model) === 'url');
  const files = [
    ...[...lock.packages, ...lock.tools].map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    ...models.map(({ size, sha256 }) => ({ path: bundledModel(sha256), size, sha256 })),
  ];
  return [...new Map(files.map((file) => [file.path, file])).values()].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

async function refuseOthers(folder: string, files: BundleFile[]): Promise<void> {
  // An interrupted copy is taken up again.
  const known = new Set(files.flatMap(({ path }) => [path, partOf(path)]));
  const others = (await listFiles(folder)).filter((path) => !known.has(path));
  if (!others.length) return;
  throw new IngotError(
    'USAGE',
    `${folder} holds files that the lock does not name: ${others.slice(0, 5).join(', ')}`,
    {
      hint: 'name a new folder with --out, or empty this one',
    },
  );
}

/** Copies one file unless the folder has it; whole or not at all. */
async function place(from: string, folder: string, file: BundleFile): Promise<boolean> {
  const to = join(folder, file.path);
  if ((await exists(to)) && (await fileSize(to)) === file.size && (await hashFile(to)) === file.sha256)
    return false;
  await makeFolder(join(to, '..'));
  await copyInto(from, partOf(to));
  await move(partOf(to), to);
  return true;
}

function partOf(path: string): string {
  return `${path}.tmp`;
}
