import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { encodeGguf } from '../build/gguf/write.ts';

/** One F32 tensor of 6.0 GB. */
const dims = [2 ** 20, 1431];
const mebibyte = 2 ** 20;

/** A well-formed model of 6 GB that no file system or compressor can make smaller. */
export function writeModel(path: string): void {
  const content = encodeGguf({
    metadata: [['general.architecture', { type: 'string', value: 'llama' }]],
    tensors: [{ name: 'large.weight', dims, type: 0, data: [] }],
  });
  // The header comes first; the data, which would have to fit in memory, are not asked for.
  const header = content.next().value as Uint8Array;
  const file = openSync(path, 'wx');
  try {
    writeSync(file, header);
    const chunk = Buffer.alloc(4 * mebibyte);
    for (let row = 0; row < dims[1]!; row++) writeSync(file, randomFillSync(chunk));
  } finally {
    closeSync(file);
  }
}
