import { rmSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownerAlive, ownName } from '../fs/owner.ts';
import type { Store } from './store.ts';

const noted = new Set<string>();

/** Notes that this process uses the store, until it ends; `gc` removes nothing that it may need. */
export async function noteUser(folder: string): Promise<void> {
  const note = join(folder, ownName());
  if (noted.has(note)) return;
  noted.add(note);
  process.on('exit', () => rmSync(note, { force: true }));
  await writeFile(note, '').catch((error: NodeJS.ErrnoException) => {
    // On a full disk `gc` has to work most of all.
    if (error.code !== 'ENOSPC') throw error;
  });
}

/** When the first of the other processes that use the store now began, in milliseconds since 1970. */
export async function othersBegan(store: Store): Promise<number | undefined> {
  const folder = join(store.folder, 'users');
  let first: number | undefined;
  for (const name of await readdir(folder)) {
    const note = join(folder, name);
    if (name === ownName()) continue;
    const found = await stat(note).catch(() => undefined);
    if (!(await ownerAlive(folder, name))) await rm(note, { force: true });
    else if (found) first = Math.min(first ?? found.mtimeMs, found.mtimeMs);
  }
  return first;
}
