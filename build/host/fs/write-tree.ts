import { readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertInner } from '../../formats/text/inner-path.ts';
import { IngotError } from '../../model/errors.ts';
import type { Tree, TreeEntry } from '../../model/types.ts';
import { exists } from './files.ts';
import { makeFolder } from './folders.ts';

/**
 * Writes a tree into a new or empty folder; owners other than the caller are left to the tool that reads it.
 */
export async function writeTree(
  tree: Tree,
  folder: string,
  placeArtifact: (entry: TreeEntry & { kind: 'artifact' }, to: string) => Promise<void>,
): Promise<void> {
  if ((await exists(folder)) && (await readdir(folder)).length)
    throw new IngotError('USAGE', `output folder ${folder} is not empty`, {
      hint: 'name a new folder with --out',
    });
  for (const entry of tree) {
    assertInner(entry.path);
    const to = join(folder, entry.path);
    await makeFolder(entry.kind === 'directory' ? to : dirname(to));
    if (entry.kind === 'file') await writeFile(to, entry.content, { mode: entry.mode });
    else if (entry.kind === 'symlink') await symlink(entry.to, to);
    else if (entry.kind === 'artifact') await placeArtifact(entry, to);
  }
}
