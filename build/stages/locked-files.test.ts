import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sha256 } from '../formats/text/canonical-json.ts';
import { openStore } from '../host/store/store.ts';
import type { LockedPackage } from '../model/lock.ts';
import { assertLocked } from './locked-files.ts';
import { assertDigest, writeDigest } from './stage-output.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-locked-'));
process.env.INGOT_STORE = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const store = await openStore();

const packages = ['one', 'two'].map((name) => ({
  name,
  version: '1',
  path: `pool/${name}.deb`,
  size: name.length,
  sha256: sha256(name),
})) as LockedPackage[];

/** Stored packages, linked by a stage that fetched them and by one that made a repository of them. */
function fill(): string {
  for (const path of ['fetched', 'repo/pool']) mkdirSync(store.stage(path), { recursive: true });
  for (const { name, sha256 } of packages) {
    writeFileSync(store.file(sha256), name);
    for (const path of ['fetched', 'repo/pool'])
      linkSync(store.file(sha256), join(store.stage(path), `${name}.deb`));
  }
  return store.stage('repo/pool');
}

it('lets the locked bytes pass', async () => {
  await assertLocked(packages, { folder: fill(), store });
});

it('names a package with one flipped byte, and removes it with all that links it', async () => {
  rmSync(store.stage(''), { recursive: true });
  rmSync(store.file(''), { recursive: true });
  await openStore();
  const pool = fill();
  mkdirSync(store.stage('other'));
  writeFileSync(store.file(packages[1]!.sha256), 'twp');
  await expect(assertLocked(packages, { folder: pool, store })).rejects.toMatchObject({
    code: 'HASH_MISMATCH',
    message: expect.stringMatching(/damaged in the store: two 1 \(.*two\.deb, /),
  });
  const there = [store.stage('fetched'), store.stage('repo'), store.stage('other')].map(existsSync);
  expect(there).toEqual([false, false, true]);
  expect(packages.map(({ sha256 }) => existsSync(store.file(sha256)))).toEqual([true, false]);
});

it("refuses a stage's file that is not what it was made with, or whose digest is damaged", async () => {
  mkdirSync(store.stage('made'));
  const file = join(store.stage('made'), 'models.erofs');
  writeFileSync(file, 'weights');
  await writeDigest(file);
  await assertDigest(file);
  writeFileSync(file, 'weighty');
  await expect(assertDigest(file)).rejects.toMatchObject({
    code: 'HASH_MISMATCH',
    message: expect.stringContaining('models.erofs is damaged in the store'),
    hint: `rm -r ${store.stage('made')}, then run the same command again`,
  });
  writeFileSync(join(store.stage('made'), 'digest.json'), '{"si');
  await expect(assertDigest(file)).rejects.toMatchObject({ code: 'HASH_MISMATCH' });
});
