import { randomBytes } from 'node:crypto';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sync } from '../fs/atomic.ts';
import { exists } from '../fs/files.ts';
import { ownerOfThisBoot, ownName } from '../fs/owner.ts';
import { interrupted } from '../interrupt.ts';
import { run } from '../run/command.ts';
import { discard } from './discard.ts';
import type { Store } from './store.ts';

/**
 * Linux writes dirty pages by itself after 30 s (vm.dirty_expire_centisecs): a flush then takes hardly any
 * time.
 */
const writtenSeconds = 60;

const folderOf = (store: Store) => join(store.folder, 'unflushed');

/**
 * Notes, before a stage gets its name, that it is not on the disk: after a power failure it may have lost
 * what was in it. Returns the note's path, which nobody else has, for two may make one stage at once.
 */
export async function noteUnflushed(store: Store, id: string): Promise<string> {
  const note = join(folderOf(store), `${id}.${ownName()}-${randomBytes(4).toString('hex')}`);
  await writeFile(note, '');
  await sync(folderOf(store));
  return note;
}

/** Waits until a stage is on the disk, unless it is known to be; one that cannot be flushed is removed. */
export async function flushStage(store: Store, id: string): Promise<void> {
  const notes = (await readdir(folderOf(store))).filter((name) => name.startsWith(`${id}.`));
  if (!notes.length) return;
  try {
    await flush(store, id);
  } catch (error) {
    if (!interrupted.aborted) await dropStage(store, id, notes);
    throw error;
  }
  for (const note of notes) await rm(join(folderOf(store), note), { force: true });
}

/**
 * Looks after stages that nobody has flushed: those of an earlier boot are removed, because the power may
 * have failed. The others are flushed once Linux has written them by itself, so that this takes hardly any
 * time.
 */
export async function sweepUnflushed(store: Store): Promise<void> {
  for (const note of await readdir(folderOf(store))) {
    const [id, ...rest] = note.split('.') as [string, ...string[]];
    if (!ownerOfThisBoot(rest.join('.'))) await dropStage(store, id, [note]);
    else if (await old(join(folderOf(store), note)))
      if (await exists(store.stage(id))) await flushStage(store, id);
      else await rm(join(folderOf(store), note), { force: true });
  }
}

async function flush(store: Store, id: string): Promise<void> {
  const folder = store.stage(id);
  const entries = await readdir(folder, { withFileTypes: true });
  // A tree at once with all else of its file system; a few files by themselves, whatever others are writing
  // meanwhile.
  if (entries.some((entry) => entry.isDirectory())) await run(['sync', '--file-system', folder]);
  else for (const path of [...entries.map(({ name }) => join(folder, name)), folder]) await sync(path);
  await sync(join(store.folder, 'stages'));
}

async function dropStage(store: Store, id: string, notes: string[]): Promise<void> {
  await discard(store, store.stage(id));
  for (const note of notes) await rm(join(folderOf(store), note), { force: true });
}

async function old(note: string): Promise<boolean> {
  const found = await stat(note).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > writtenSeconds * 1000;
}
