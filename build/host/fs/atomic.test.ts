import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { replaceFile } from './atomic.ts';
import { ownName } from './owner.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-atomic-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const dead = ownName().replace(/\.\d+\.\d+$/, '.4194303.1');

it('keeps the old content, and nothing else, of a write that failed', async () => {
  const path = join(folder, 'failed', 'file');
  await replaceFile(path, (temporary) => writeFile(temporary, 'old'));
  const failed = replaceFile(path, async (temporary) => {
    writeFileSync(temporary, 'ha');
    throw new Error('half-way');
  });
  await expect(failed).rejects.toThrow('half-way');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(join(folder, 'failed'))).toEqual(['file']);
});

it('lets two write one path at once: each under its own name, and the last one stays whole', async () => {
  const path = join(folder, 'both', 'file');
  const names = new Set<string>();
  const write = (text: string) =>
    replaceFile(path, async (temporary) => {
      names.add(temporary);
      await writeFile(temporary, text.repeat(100_000));
    });
  await Promise.all([write('one'), write('two')]);
  expect(names.size).toBe(2);
  expect(readFileSync(path, 'utf8')).toMatch(/^((one)+|(two)+)$/);
  expect(readdirSync(join(folder, 'both'))).toEqual(['file']);
});

it('removes what a dead process left of the same file, and nothing of another one', async () => {
  const place = join(folder, 'left');
  mkdirSync(place);
  const kept = ['file.json.tmp', 'file.txt', `file.${ownName()}-0badcafe.tmp`, `other.${dead}-0badcafe.tmp`];
  for (const name of [...kept, `file.${dead}-0badcafe.tmp`]) writeFileSync(join(place, name), '');
  await replaceFile(join(place, 'file'), (temporary) => writeFile(temporary, ''));
  expect(readdirSync(place).sort()).toEqual([...kept, 'file'].sort());
});
