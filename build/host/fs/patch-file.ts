import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { DiskImage, Patch } from '../../formats/disk/disk-image.ts';

/** Changes a few small regions of a file in place; `patches` is given no more of it than it reads. */
export function patchFile(path: string, patches: (image: DiskImage) => Patch[]): void {
  opened(path, 'r+', (file) => {
    for (const { offset, bytes } of patches(imageOf(file))) writeSync(file, bytes, 0, bytes.length, offset);
  });
}

function opened<T>(path: string, flags: string, use: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

function imageOf(file: number): DiskImage {
  const { size } = fstatSync(file);
  const read = (offset: number, length: number) => {
    const bytes = Buffer.alloc(length);
    // What is beyond the end stays zero: no signature is.
    readSync(file, bytes, 0, length, offset);
    return bytes;
  };
  return { size, read };
}
