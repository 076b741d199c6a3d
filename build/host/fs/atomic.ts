import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from './folders.ts';
import { ownerAlive, ownName } from './owner.ts';

/**
 * Lets `write` make a file under a temporary name beside `path`, and moves it there once it is on the disk:
 * the path holds the old content or all of the new, whatever happens meanwhile. What a killed process left of
 * the same is removed.
 */
export async function replaceFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await makeFolder(dirname(path));
  await removeLeftovers(path);
  const temporary = `${path}.${ownName()}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await write(temporary);
    await sync(temporary);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(start)) continue;
    const owner = /^([0-9a-f]{12}\.\d+\.\d+\.\d+)-[0-9a-f]+\.tmp$/.exec(name.slice(start.length))?.[1];
    if (owner && !(await ownerAlive(folder, name, owner))) await rm(join(folder, name), { force: true });
  }
}
