import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { DiskImage, Patch } from '../formats/disk-image.ts';

/** Changes a few small regions of a file in place; `patches` is given no more of it than it reads. */
export function patchFile(path: string, patches: (image: DiskImage) => Patch[]): void {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    const read = (offset: number, length: number) => {
      const bytes = Buffer.alloc(length);
      // What is beyond the end stays zero: no signature is.
      readSync(file, bytes, 0, length, offset);
      return bytes;
    };
    for (const { offset, bytes } of patches({ size, read })) writeSync(file, bytes, 0, bytes.length, offset);
  } finally {
    closeSync(file);
  }
}
