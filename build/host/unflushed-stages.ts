import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sync } from './atomic.ts';
import { run } from './command.ts';
import { discard } from './discard.ts';
import { exists } from './files.ts';
import { ownerAlive, ownerOfThisBoot, ownName } from './owner.ts';
import type { Store } from './store.ts';

const folderOf = (store: Store) => join(store.folder, 'unflushed');

/**
 * Notes, before a stage gets its name, that it is not on the disk: after a power failure it may have lost what was in it.
 * Returns the note's path, which nobody else has, for two may make one stage at once.
 */
export async function noteUnflushed(store: Store, id: string): Promise<string> {
  const note = join(folderOf(store), `${id}.${ownName()}-${randomBytes(4).toString('hex')}`);
  await writeFile(note, '');
  await sync(folderOf(store));
  return note;
}

/** Waits until a stage is on the disk. */
export async function flushStage(store: Store, id: string, note: string): Promise<void> {
  const folder = store.stage(id);
  const entries = await readdir(folder, { withFileTypes: true });
  // A tree at once with all else of its file system; a few files by themselves, whatever others are writing meanwhile.
  if (entries.some((entry) => entry.isDirectory())) await run(['sync', '--file-system', folder]);
  else for (const path of [...entries.map(({ name }) => join(folder, name)), folder]) await sync(path);
  await sync(join(store.folder, 'stages'));
  await rm(note, { force: true });
}

/** Removes a stage that cannot be flushed any more. */
export async function dropUnflushed(store: Store, id: string, note: string): Promise<void> {
  await discard(store, store.stage(id));
  await rm(note, { force: true });
}

/** Of stages that processes left unflushed that are gone: those of an earlier boot are removed, the others flushed. */
export async function sweepUnflushed(store: Store): Promise<void> {
  for (const name of await readdir(folderOf(store))) {
    const note = join(folderOf(store), name);
    const [id, ...rest] = name.split('.') as [string, ...string[]];
    const owner = rest.join('.');
    if (await ownerAlive(folderOf(store), name, owner)) continue;
    if (ownerOfThisBoot(owner) && (await exists(store.stage(id)))) await flushStage(store, id, note);
    else await dropUnflushed(store, id, note);
  }
}
