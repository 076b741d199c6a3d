import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { copyInto, exists, hashFile, listFiles, mapLimited, writeAtomic } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lists files and symlinks at any depth, sorted, without folders', async () => {
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'b/empty'), { recursive: true });
  mkdirSync(join(tree, 'linked'));
  for (const path of ['z', 'b/c', 'a', '.hidden']) writeFileSync(join(tree, path), '');
  symlinkSync('nowhere', join(tree, 'b/link'));
  symlinkSync('linked', join(tree, 'folder-link'));
  expect(await listFiles(tree)).toEqual(['.hidden', 'a', 'b/c', 'b/link', 'folder-link', 'z']);
  expect(await listFiles(join(folder, 'nowhere'))).toEqual([]);
});

it('writes into folders that it makes, replaces what is there, and leaves no other file', async () => {
  const path = join(folder, 'deep/er/file');
  await writeAtomic(path, 'old');
  await writeAtomic(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(join(folder, 'deep/er'))).toEqual(['file']);
});

it('keeps the old content and no rest when writing fails', async () => {
  const path = join(folder, 'taken/file');
  mkdirSync(join(path, 'in the way'), { recursive: true });
  await expect(writeAtomic(path, 'new')).rejects.toThrow();
  expect(readdirSync(join(folder, 'taken'))).toEqual(['file']);
});

it('never shows a reader half a file', async () => {
  const path = join(folder, 'watched');
  const contents = ['a', 'b'].map((letter) => letter.repeat(1_000_000));
  await writeAtomic(path, contents[0]!);
  const writing = (async () => {
    for (let i = 1; i <= 10; i++) await writeAtomic(path, contents[i % 2]!);
  })();
  for (let i = 0; i < 50; i++) {
    expect(contents).toContain(readFileSync(path, 'utf8'));
    await sleep(1);
  }
  await writing;
});

it('hashes a file as its bytes', async () => {
  writeFileSync(join(folder, 'hashed'), 'abc'.repeat(1_000_000));
  expect(await hashFile(join(folder, 'hashed'))).toBe(sha256('abc'.repeat(1_000_000)));
});

it('copies a read-only file into a writable one', async () => {
  writeFileSync(join(folder, 'from'), 'x');
  chmodSync(join(folder, 'from'), 0o400);
  await copyInto(join(folder, 'from'), join(folder, 'to'));
  expect(statSync(join(folder, 'to')).mode & 0o777).toBe(0o644);
  expect(await exists(join(folder, 'to'))).toBe(true);
});

it('works on so many items at once, no more, and keeps the order of results', async () => {
  let [now, most] = [0, 0];
  const results = await mapLimited([5, 1, 4, 2, 3, 0], 3, async (item) => {
    most = Math.max(most, ++now);
    await sleep(item * 5);
    now--;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30, 0]);
  expect(most).toBe(3);
  expect(await mapLimited([], 3, async () => 1)).toEqual([]);
});
