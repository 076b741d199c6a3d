import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../host/store/store.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { startIngot } from '../testdata/ingot.ts';
import { type BuiltImage, buildDefaultImage } from './support/images.ts';

let image: BuiltImage;
let folder: string;
beforeAll(async () => {
  image = await buildDefaultImage();
  // A path that a list of mirrors, a URL and apt's sources would each break on when it is not quoted.
  folder = mkdtempSync(join((await openStore()).folder, 'off line ö-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = () => join(folder, 'bundle');
const build = (store: string) =>
  startIngot(
    ['build', 'nanite-server', ...image.lock, '--offline', '--mirror', bundle(), '--out', join(store, 'out')],
    { INGOT_STORE: store },
  ).ended;

test('a folder with exactly the locked files rebuilds the same ISO, in an empty store and without a network', async () => {
  const written = await startIngot(['mirror', 'nanite-server', ...image.lock, '--out', bundle()]).ended;
  expect(written).toMatchObject({ status: 0 });
  const files = readdirSync(bundle(), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBe(JSON.parse(written.stdout).files);
  expect(files.every(({ name }) => name.endsWith('.deb'))).toBe(true);

  const ended = await build(join(folder, 'store'));
  expect([ended.status, ended.stderr]).toEqual([0, expect.any(String)]);
  const [built] = JSON.parse(ended.stdout) as { record: ArtifactRecord }[];
  expect(built!.record.sha256).toBe(image.sha256);
});

test('the folder is written from a store whose files are collected; a damaged one is removed and fetched again', async () => {
  const store = join(folder, 'store');
  // What gc removes while the stage that links them is in use.
  rmSync(join(store, 'files'), { recursive: true });
  const write = () =>
    startIngot(
      ['mirror', 'nanite-server', ...image.lock, '--mirror', bundle(), '--out', join(folder, 'again')],
      {
        INGOT_STORE: store,
      },
    ).ended;
  expect(await write()).toMatchObject({ status: 0 });
  rmSync(join(folder, 'again'), { recursive: true });
  const debs = readdirSync(join(store, 'stages'), { recursive: true, encoding: 'utf8' });
  const deb = join(store, 'stages', debs.find((name) => /^[0-9a-f]+\/zstd_.*deb$/.test(name))!);
  const bytes = readFileSync(deb);
  bytes[1000]! ^= 1;
  writeFileSync(deb, bytes);
  const ended = await write();
  expect([ended.status, ended.stderr]).toEqual([
    6,
    expect.stringMatching(/HASH_MISMATCH.*zstd_.*deb has sha256 .*instead of.*removed from the store/),
  ]);
  expect(existsSync(deb)).toBe(false);
  expect(await write()).toMatchObject({ status: 0 });
});

test('one flipped byte in the folder stops the build before the package is used, and names the file', async () => {
  const deb = readdirSync(bundle(), { recursive: true, encoding: 'utf8' }).find((name) =>
    /\/zstd_.*deb$/.test(name),
  )!;
  const path = join(bundle(), deb);
  const bytes = readFileSync(path);
  bytes[1000]! ^= 1;
  writeFileSync(path, bytes);
  const store = join(folder, 'flipped');
  const ended = await build(store);
  expect(ended.status).toBe(6);
  expect(ended.stderr).toMatch(/HASH_MISMATCH.*zstd_.*deb has sha256 .*instead of/);
  expect(readdirSync(join(store, 'stages'))).toEqual([]);

  const refused = await startIngot(['mirror', 'nanite-server', ...image.lock, '--out', join(folder, 'store')])
    .ended;
  expect([refused.status, refused.stderr]).toEqual([
    2,
    expect.stringContaining('files that are not in the lock'),
  ]);
});

test('offline, what neither store nor folder has is listed at once', async () => {
  const store = join(folder, 'nothing');
  const ended = await startIngot(
    ['build', 'nanite-server', ...image.lock, '--offline', '--out', join(store, 'out')],
    { INGOT_STORE: store },
  ).ended;
  expect(ended.status).toBe(4);
  expect(ended.stderr).toMatch(
    /LOCK_GONE.*neither the store nor a mirror folder has \d+ packages.*apt .*--offline/,
  );
});
