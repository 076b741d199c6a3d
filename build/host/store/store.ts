import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { within } from '../../model/errors.ts';
import { sync } from '../fs/atomic.ts';
import { makeFolder } from '../fs/folders.ts';
import { ownerAlive, ownName } from '../fs/owner.ts';
import { discard, removeFolder } from './discard.ts';
import { noteUnflushed, sweepUnflushed } from './durability.ts';
import { noteUser } from './users.ts';

/**
 * The content-addressed store. Entries appear by rename only, so one that is there is whole; two builds that
 * make the same entry at once both succeed, and the second one's copy is dropped.
 *
 *     files/<sha256>     packages and models, by content
 *     stages/<id>/       finished stages
 *     unflushed/         that a stage may not be on the disk yet, and since which boot
 *     temporary/<owner>/ work in progress; the name says which process owns it
 *     users/             which processes use the store, and since when
 *     hashes/            of models outside the store, as long as nothing tells of a change
 *     partial/           downloads that an interruption cut, to be resumed
 *     logs/
 */
export interface Store {
  folder: string;
  file(sha256: string): string;
  stage(id: string): string;
}

/** What the store's folder holds, and nothing else. */
export const storeFolders = [
  'files',
  'stages',
  'unflushed',
  'hashes',
  'partial',
  'temporary',
  'users',
  'logs',
];

export async function openStore(): Promise<Store> {
  const given = process.env.INGOT_STORE;
  const folder = given ? resolve(given) : join(homedir(), '.cache', 'ingot');
  const what = given ? `store ${folder} (INGOT_STORE)` : `store ${folder}`;
  for (const name of storeFolders)
    await makeFolder(join(folder, name)).catch((error) => {
      throw within(what, error);
    });
  const store = {
    folder,
    file: (sha256: string) => join(folder, 'files', sha256),
    stage: (id: string) => join(folder, 'stages', id),
  };
  await noteUser(join(folder, 'users'));
  await sweep(store);
  await sweepUnflushed(store);
  return store;
}

/** Gives `work` an empty folder in the store and removes it afterwards, whatever happened. */
export async function withTemporary<T>(store: Store, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(store.folder, 'temporary', `${ownName()}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder);
  // Removing has to open folders, also when no further file may be opened.
  const reserved = await open(folder);
  try {
    return await work(folder);
  } finally {
    await reserved.close();
    await removeFolder(folder);
  }
}

/**
 * Moves a finished file into the store; `from` is gone afterwards. A file that is there already stays: if it
 * were replaced, another process that is about to link it could fail.
 */
export async function keepFile(store: Store, from: string, sha256: string): Promise<string> {
  await sync(from);
  await link(from, store.file(sha256)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(from);
  return store.file(sha256);
}

/**
 * Moves a finished folder into the store as the stage `id`; `from` is gone afterwards. The stage can be used
 * at once, but is lost when the power fails before it is flushed: call `flushStage` before its content is
 * handed out.
 */
export async function keepStage(store: Store, from: string, id: string): Promise<void> {
  const note = await noteUnflushed(store, id);
  const now = new Date();
  await utimes(from, now, now);
  try {
    await rename(from, store.stage(id));
  } catch (error) {
    // Of another's that is there already, its own note tells.
    await rm(note);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

/** Whether a stage is in the store; asking marks it as used, which `gc` goes by. */
export async function hasStage(store: Store, id: string): Promise<boolean> {
  const now = new Date();
  return utimes(store.stage(id), now, now).then(
    () => true,
    () => false,
  );
}

/** A hard link where the file systems allow it, so that packages are not copied. */
export async function linkFile(from: string, to: string): Promise<void> {
  await link(from, to);
}

/** Removes temporary folders whose process is gone. Returns their paths. */
export async function sweep(store: Store): Promise<string[]> {
  const folder = join(store.folder, 'temporary');
  const dead: string[] = [];
  for (const name of await readdir(folder))
    if (!(await ownerAlive(folder, name))) dead.push(join(folder, name));
  for (const path of dead) await removeFolder(path);
  return dead;
}

/**
 * Removes damaged files with every stage that links one of them, so that the next build fetches or makes
 * them.
 */
export async function discardFiles(store: Store, damaged: string[]): Promise<void> {
  const stages = await readdir(join(store.folder, 'stages'));
  const files = await readdir(join(store.folder, 'files'));
  const linking = new Set<string>();
  for (const path of damaged) {
    const { ino } = await stat(path);
    const same = async (other: string) => (await stat(other).catch(() => undefined))?.ino === ino;
    for (const stage of stages.map((id) => store.stage(id)))
      for (const place of ['', 'pool'])
        if (await same(join(stage, place, basename(path)))) linking.add(stage);
    for (const file of files.map((name) => store.file(name))) if (await same(file)) linking.add(file);
  }
  for (const path of linking) await discard(store, path);
}

/** A named folder inside a temporary one. */
export async function makeScratch(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  return path;
}
