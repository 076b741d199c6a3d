import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWithin } from './read-within.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-within-'));
const root = join(folder, 'root');
beforeAll(() => {
  mkdirSync(join(root, 'doc/real'), { recursive: true });
  writeFileSync(join(folder, 'outside'), 'of the host');
  writeFileSync(join(root, 'doc/real/copyright'), 'of the image');
  symlinkSync('real', join(root, 'doc/alias'));
  symlinkSync('../../outside', join(root, 'doc/up'));
  symlinkSync(join(folder, 'outside'), join(root, 'doc/absolute'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('follows symlinks within the tree', async () => {
  expect(String(await readWithin(root, 'doc/alias/copyright'))).toBe('of the image');
});

it.each(['doc/up', 'doc/absolute', 'doc/none', 'doc/none/copyright'])('reads nothing at %s', async (path) => {
  expect(await readWithin(root, path)).toBeUndefined();
});
