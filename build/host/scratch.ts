import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './folders.ts';

/** An empty folder outside the store, for as long as the caller needs it. */
export async function newScratchFolder(name: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `ingot-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Gives `work` an empty folder outside the store and removes it afterwards. */
export async function withScratchFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `ingot-${name}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same, and every user may enter and read it. */
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
