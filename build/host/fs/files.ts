import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  copyFile,
  readdir,
  readFile,
  rename,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceFile } from './atomic.ts';
import { makeFolder } from './folders.ts';
import { readChunks } from './read-chunks.ts';

/** The checkout's root: recipes, overlays and the other drawers are found below it. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}

/** A small file as it is. */
export async function readBytes(path: string): Promise<Buffer> {
  return readFile(path);
}

/** The value of a JSON file that Ingot itself wrote. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readText(path)) as T;
}

export async function fileSize(path: string): Promise<number> {
  return (await stat(path)).size;
}

/** When a file was last written, in seconds since 1970. */
export async function timeOf(path: string): Promise<number> {
  return (await stat(path)).mtimeMs / 1000;
}

export async function setTime(path: string, seconds: number): Promise<void> {
  await utimes(path, seconds, seconds);
}

/**
 * Paths of all files and symlinks below `folder`, relative to it, sorted; none when the folder does not
 * exist.
 */
export async function listFiles(folder: string): Promise<string[]> {
  if (!(await exists(folder))) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Writes so that the path holds the old content or all of the new, whatever happens meanwhile. */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await replaceFile(path, (temporary) => writeFile(temporary, content));
}

/** Lower-case hex SHA-256 of a file, streamed. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of readChunks(path)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Runs `work` over all items, at most `limit` at once, and returns the results in order. When one fails, no
 * other is begun, and those that run are waited for before the failure is thrown.
 */
export async function mapLimited<T, R>(
  items: T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const failures: unknown[] = [];
  const worker = async () => {
    while (next < items.length && !failures.length) {
      const index = next++;
      try {
        results[index] = await work(items[index]!);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length) throw failures[0];
  return results;
}

/**
 * Makes the folder unless it is there; throws what the file system says when nothing can be written in it.
 */
export async function makeWritableFolder(path: string): Promise<void> {
  await makeFolder(path);
  // With the dot, a file in the folder's place gives the error "not a directory".
  await access(`${path}/.`, constants.W_OK);
}

/** Moves a file or folder within one file system. */
export async function move(from: string, to: string): Promise<void> {
  await rename(from, to);
}

/** Copies a file, sharing its blocks where the file system can. */
export async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
}

/** Copies a small file; the copy is writable. */
export async function copyInto(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o644);
}
