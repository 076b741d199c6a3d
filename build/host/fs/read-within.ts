import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of a file of a root tree; undefined when there is none, or when a symlink leads out of the tree. */
export async function readWithin(root: string, path: string): Promise<Buffer | undefined> {
  const found = await realpath(join(root, path)).catch(() => undefined);
  if (!found?.startsWith(`${await realpath(root)}/`)) return undefined;
  return readFile(found);
}
