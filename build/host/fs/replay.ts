import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/** Gives `work` a function that reads a file anywhere, and its size. */
export function withReader<T>(
  path: string,
  work: (read: (offset: number, length: number) => Buffer, size: number) => T,
): T {
  const file = openSync(path, 'r');
  try {
    const read = (offset: number, length: number) => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, offset);
      return bytes;
    };
    return work(read, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** Writes pieces of one file, each at `at`, to places of another, in order. */
export function replay(
  from: string,
  to: string,
  pieces: { at: number; offset: number; length: number }[],
): void {
  withReader(from, (read) => {
    const file = openSync(to, 'r+');
    try {
      for (const { at, offset, length } of pieces) writeSync(file, read(at, length), 0, length, offset);
    } finally {
      closeSync(file);
    }
  });
}
