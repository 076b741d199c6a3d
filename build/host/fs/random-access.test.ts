import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { patchFile } from './random-access.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-patch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads regions, changes bytes in place, and what is beyond the end reads as zeros', () => {
  const path = join(folder, 'small');
  writeFileSync(path, 'abcdef');
  patchFile(path, ({ size, read }) => {
    expect(size).toBe(6);
    expect(read(4, 4).equals(Buffer.from('ef\0\0'))).toBe(true);
    return [{ offset: 1, bytes: Buffer.concat([read(0, 2), Buffer.from('X')]) }];
  });
  expect(readFileSync(path, 'latin1')).toBe('aabXef');
});

it('keeps a large file sparse', () => {
  const path = join(folder, 'large');
  writeFileSync(path, '');
  truncateSync(path, 2 ** 33);
  patchFile(path, ({ size }) => [{ offset: size - 1, bytes: Buffer.from('x') }]);
  expect(statSync(path).size).toBe(2 ** 33);
  expect(statSync(path).blocks * 512).toBeLessThan(2 ** 20);
});

it('changes nothing when what to change cannot be told', () => {
  const path = join(folder, 'kept');
  writeFileSync(path, 'abc');
  const fail = () => {
    throw new Error('no');
  };
  expect(() => patchFile(path, fail)).toThrow('no');
  expect(readFileSync(path, 'latin1')).toBe('abc');
});
