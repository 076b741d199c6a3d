import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { movedOn, ranged, status, withServers } from '../testdata/loopback.ts';
import { body, bundle, fetchFrom, folder, from, output, sha256, store, zstd } from './fetch-fixture.ts';

const name = zstd.path.split('/').at(-1)!;
const swapped = join(folder, 'swapped');
mkdirSync(dirname(join(swapped, zstd.path)), { recursive: true });
writeFileSync(join(swapped, zstd.path), Buffer.from(body).fill('x', 3, 4));
const fromOne = (mirror: string, to: string) => fetchFrom({ mirrors: [mirror], offline: false }, [zstd], to);

it('takes a file from the first mirror that has it, and links it by its name', async () => {
  const [error, asked] = await withServers(body, [status(404), ranged], (urls) => from(...urls));
  expect(error).toBeUndefined();
  expect(asked).toEqual([`/${zstd.path}`, `/${zstd.path}`]);
  expect(readFileSync(join(output, name)).equals(body)).toBe(true);
  expect(readdirSync(join(store.folder, 'files'))).toEqual([sha256]);
});

it('asks a dated mirror for a moment that has the whole Release', async () => {
  const [error, asked] = await withServers(body, [ranged], ([url]) => from(`${url}/{timestamp}/`));
  expect(error).toBeUndefined();
  expect(asked).toEqual([`/20261030T200801Z/${zstd.path}`]);
});

it('takes a file from a folder, named by its path or by a URL', async () => {
  expect(await from(bundle)).toBeUndefined();
  rmSync(store.file(sha256));
  rmSync(join(output, name));
  expect(await from(new URL(`file://${bundle}`).href)).toBeUndefined();
});

it('goes on to the next mirror after one that is down, and does not ask that one again', async () => {
  const other = { ...zstd, name: 'other', path: 'pool/other.deb' };
  const down = 'http://127.0.0.1:9';
  expect(await fetchFrom({ mirrors: [down, bundle], offline: false })).toBeUndefined();
  rmSync(store.file(sha256));
  const error = await fetchFrom({ mirrors: [down, bundle], offline: false }, [other]);
  expect(error).toMatchObject({ code: 'MIRROR_DOWN', message: expect.stringContaining('127.0.0.1:9') });
});

it.each([
  ['once', ranged, undefined],
  ['by the second when the first has failed', movedOn, expect.objectContaining({ code: 'LOCK_GONE' })],
])('brings what two ask for at the same time %s', async (_what, first, error) => {
  const beside = join(folder, 'beside');
  mkdirSync(beside, { recursive: true });
  const [errors, asked] = await withServers(body, [first, ranged], (urls) =>
    Promise.all([output, beside].map((to, index) => fromOne(urls[index]!, to))),
  );
  expect(errors).toEqual([error, undefined]);
  expect(asked.filter((path) => path !== '/')).toHaveLength(error ? 2 : 1);
  rmSync(beside, { recursive: true });
});

it('goes on after other bytes under the same name, and tells of them when nobody has the right ones', async () => {
  expect(await from(swapped, bundle)).toBeUndefined();
  rmSync(store.file(sha256));
  expect(await from(swapped)).toMatchObject({
    code: 'HASH_MISMATCH',
    message: expect.stringMatching(/swapped.*zstd_1\.0-1_all\.deb has sha256 .* instead of .*\(22 bytes\)/),
    hint: expect.stringContaining('ingot mirror'),
  });
  expect(readdirSync(join(store.folder, 'files'))).toEqual([]);
});

it('asks no server when it is offline', async () => {
  const [error, asked] = await withServers(body, [ranged], (mirrors) =>
    fetchFrom({ mirrors, offline: true }),
  );
  expect(asked).toEqual([]);
  expect(error).toMatchObject({
    code: 'LOCK_GONE',
    message: expect.stringMatching(/^neither the store nor a mirror folder has 1 packages .*zstd 1\.0-1$/),
    hint: expect.stringContaining('--mirror'),
  });
  expect(await fetchFrom({ mirrors: [bundle], offline: true })).toBeUndefined();
});

it('refuses a stored file of which one byte was flipped, before it is used, and names it', async () => {
  writeFileSync(store.file(sha256), Buffer.from(body).fill('x', 3, 4));
  expect(await from(bundle)).toMatchObject({
    code: 'HASH_MISMATCH',
    message: `${store.file(sha256)} no longer has the hash of zstd 1.0-1`,
    hint: expect.stringContaining(`remove ${store.file(sha256)}`),
  });
  expect(existsSync(join(output, name))).toBe(false);
});
