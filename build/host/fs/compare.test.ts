import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { differingBytes } from './compare.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = Buffer.alloc((1 << 20) * 2 + 5, 'x');
const changed = Buffer.from(long);
changed[3] = 0;
changed[(1 << 20) + 1] = 0;
changed[changed.length - 1] = 0;

it.each<[string, Buffer, Buffer, number]>([
  ['the same', long, Buffer.from(long), 0],
  ['three bytes in three blocks', long, changed, 3],
  ['a byte more', Buffer.from('ab'), Buffer.from('abc'), 1],
  ['another and one less', Buffer.from('abc'), Buffer.from('xb'), 2],
  ['nothing against something', Buffer.from(''), Buffer.from('ab'), 2],
])('%s', async (_what, a, b, bytes) => {
  const [left, right] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(left, a);
  writeFileSync(right, b);
  expect(await differingBytes(left, right)).toBe(bytes);
});
