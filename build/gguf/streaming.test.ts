import { expect, it } from 'vitest';
import { encoded, tinyContent } from './fixture.ts';
import type { ByteSource } from './types.ts';
import { validateGguf } from './validate.ts';
import { encodeGguf } from './write.ts';

const gib = 2 ** 30;

it('reads the header of a 9 GiB model only', async () => {
  const content = tinyContent();
  const huge = { name: 'huge', dims: [2 ** 16, 9 * 2 ** 14], type: 24, data: [] };
  const header = encodeGguf({ ...content, tensors: [huge] }).next().value as Uint8Array;
  const { source, total } = sparse(header, header.length + 9 * gib);
  expect(await validateGguf(source, 'huge')).toMatchObject({ parameters: 9 * gib });
  expect(total()).toBeLessThan(2e6);
});

it('walks 250,000 tokens without a read or an await for each', async () => {
  const content = tinyContent();
  const words = { type: 'array', of: 'string', values: Array(250e3).fill('word') } as const;
  const file = encoded({ ...content, metadata: [...content.metadata, ['test.words', words]] });
  const { source, total, reads } = sparse(file, file.length);
  expect(await validateGguf(source, 'words')).toMatchObject({ tensorCount: 3 });
  expect(total()).toBeLessThan(file.length * 1.01);
  expect(reads()).toBeLessThan(15);
});

it('refuses a string over 1 GiB, as llama.cpp does', async () => {
  const content = tinyContent();
  const file = encoded({ ...content, metadata: [...content.metadata, ['z', { type: 'string', value: '' }]] });
  const at = file.indexOf('z\x08\0\0\0', 0, 'latin1') + 5;
  file.writeBigUInt64LE(BigInt(gib + 1), at);
  const { source } = sparse(file, 3 * gib);
  await expect(validateGguf(source, 'long')).rejects.toThrow(`long: offset ${at}: length of value of "z"`);
});

it('says so when a file gives fewer bytes than its size', async () => {
  const file = encoded(tinyContent());
  const source = { size: file.length, read: async (offset: number) => file.subarray(offset, 10) };
  await expect(validateGguf(source, 'cut')).rejects.toThrow('cut: offset 8: only 2 of 8 bytes');
});

/** A file that begins with `start` and goes on with zeros; counts what is read. */
function sparse(start: Uint8Array, size: number): { source: ByteSource; total(): number; reads(): number } {
  let total = 0;
  let reads = 0;
  const read = async (offset: number, length: number) => {
    const bytes = new Uint8Array(length);
    bytes.set(start.subarray(offset, offset + length));
    total += length;
    reads += 1;
    return bytes;
  };
  return { source: { size, read }, total: () => total, reads: () => reads };
}
