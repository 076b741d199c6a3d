import { statfs } from 'node:fs/promises';

/** Bytes that an ordinary process may still write on the file system of `path`. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** How many files can still be made there; some file systems, as Btrfs, have no bound and count none. */
export async function freeFiles(path: string): Promise<number> {
  const { files, ffree } = await statfs(path);
  return files ? ffree : Number.POSITIVE_INFINITY;
}
