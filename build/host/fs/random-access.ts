import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { DiskImage, Patch } from '../../formats/disk/disk-image.ts';

/** The first bytes of a file; fewer where it is shorter. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await file.read(bytes, done, length - done, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  } finally {
    await file.close();
  }
}

/**
 * Gives `work` a function that reads a file anywhere, and its size. What is beyond the end reads as zeros.
 */
export function withReader<T>(path: string, work: (read: DiskImage['read'], size: number) => T): T {
  return opened(path, 'r', (file) => work(readerOf(file), fstatSync(file).size));
}

/** Changes a few small regions of a file in place; `patches` is given no more of it than it reads. */
export function patchFile(path: string, patches: (image: DiskImage) => Patch[]): void {
  opened(path, 'r+', (file) => {
    const image = { size: fstatSync(file).size, read: readerOf(file) };
    for (const { offset, bytes } of patches(image)) writeSync(file, bytes, 0, bytes.length, offset);
  });
}

/** Writes pieces of one file, each at `at`, to places of another, in order. */
export function replay(
  from: string,
  to: string,
  pieces: { at: number; offset: number; length: number }[],
): void {
  withReader(from, (read) =>
    opened(to, 'r+', (file) => {
      for (const { at, offset, length } of pieces) writeSync(file, read(at, length), 0, length, offset);
    }),
  );
}

function opened<T>(path: string, flags: string, use: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

function readerOf(file: number): DiskImage['read'] {
  return (offset, length) => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, offset);
    return bytes;
  };
}
