import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from './folders.ts';

const folder = mkdtempSync(join(tmpdir(), 'folders-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes a folder and those above it, once or at the same time', async () => {
  const path = join(folder, 'a/b/c');
  await Promise.all([makeFolder(path), makeFolder(path)]);
  await makeFolder(path);
  expect(existsSync(path)).toBe(true);
});

it('ends where no folder can be made', async () => {
  await expect(makeFolder('/proc/nowhere/b')).rejects.toMatchObject({ code: 'ENOENT' });
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file/b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
