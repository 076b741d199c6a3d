import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './folders.ts';
import { ownerAlive, ownName } from './owner.ts';

const prefix = 'ingot-';

/**
 * Gives `work` an empty folder outside the store, and a function that removes it, for `work` to pass on with
 * its result. When `work` fails, the folder is removed.
 */
export async function inNewFolder<T>(
  name: string,
  work: (folder: string, remove: () => Promise<void>) => Promise<T>,
): Promise<T> {
  await removeDead();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${ownName()}-${name}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    return await work(folder, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Gives `work` an empty folder outside the store and removes it afterwards. */
export async function withScratchFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  return inNewFolder(name, async (folder, remove) => {
    const result = await work(folder);
    await remove();
    return result;
  });
}

/** Removes the folders of processes that were killed. */
async function removeDead(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!/^ingot-[0-9a-f]{12}(\.\d+){3}-/.test(name)) continue;
    if (await ownerAlive(tmpdir(), name, name.slice(prefix.length))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** Like `withScratchFolder`; every user may enter and read the folder. */
export async function withOpenFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  return withScratchFolder(name, async (folder) => {
    await chmod(folder, 0o755);
    return work(folder);
  });
}

/** An empty folder at this path; what was there is removed. */
export async function freshFolder(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true });
  await makeFolder(path);
  return path;
}
