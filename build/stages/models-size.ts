import { dirname, join } from 'node:path';
import { textEntry } from '../formats/text/tree-entry.ts';
import { IngotError } from '../model/errors.ts';
import type { Tree, TreeEntry } from '../model/types.ts';

const mebibyte = 2 ** 20;

/**
 * What repart gets besides its definitions, now that the models' size in bytes is known: their partition has
 * whole MiB, so that the root behind it is aligned, or the size that the recipe gives it, which must then
 * hold them. It stays empty, for the models' bytes come when the disk is converted.
 */
export function modelsSize(definitions: Tree, bytes: number): Tree {
  const folder = dirname(definitions.find((entry) => /\/models\.erofs$/m.test(textOf(entry)))!.path);
  const definition = definitions.find(({ path }) => `${path}.d` === folder)!;
  const [, given] = /^SizeMaxBytes=(\d+)M$/m.exec(textOf(definition)) ?? [];
  const needed = Math.ceil(bytes / mebibyte);
  const size = given === undefined ? `SizeMinBytes=${needed}M\nSizeMaxBytes=${needed}M\n` : '';
  if (needed <= Number(given ?? needed))
    return [textEntry(join(folder, '20-models.conf'), `[Partition]\nCopyBlocks=\n${size}`)];
  throw new IngotError(
    'RECIPE_INVALID',
    `partition models has ${given} MiB, but the file system of the models needs ${needed}`,
    {
      hint: "raise the partition's sizeMiB in the recipe, or leave it out: the partition then fits the models",
    },
  );
}

function textOf(entry: TreeEntry): string {
  return entry.kind === 'file' ? entry.content : '';
}
