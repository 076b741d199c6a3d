import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { openStore } from '../host/store/store.ts';
import type { IngotError } from '../model/errors.ts';
import type { LockedPackage } from '../model/lock.ts';
import { lockedPackage } from '../schema/fixture.ts';
import { type Answer, ranged, serve, status } from '../testdata/loopback.ts';
import type { Sources } from './context.ts';
import { fetchStage } from './fetch.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-fetch-'));
process.env.INGOT_STORE = join(folder, 'store');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const body = Buffer.from('the bytes of a package');
const sha256 = createHash('sha256').update(body).digest('hex');
const zstd: LockedPackage = { ...lockedPackage('zstd'), size: body.length, sha256 };
const name = zstd.path.split('/').at(-1)!;
const bundle = join(folder, 'bundle with space');
mkdirSync(dirname(join(bundle, zstd.path)), { recursive: true });
writeFileSync(join(bundle, zstd.path), body);
const swapped = join(folder, 'swapped');
mkdirSync(dirname(join(swapped, zstd.path)), { recursive: true });
writeFileSync(join(swapped, zstd.path), Buffer.from(body).fill('x', 3, 4));

const store = await openStore();
const output = join(folder, 'output');
const scratch = join(folder, 'scratch');
beforeEach(() => {
  for (const path of [output, scratch, join(store.folder, 'files')]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
  }
});

/** Fetches from these mirrors; returns the error that it ends with, if any. */
async function fetchFrom(sources: Sources, packages = [zstd], to = output): Promise<IngotError | undefined> {
  const quiet = { begin: () => () => {}, bytes: () => {}, note: () => {}, data: () => {} };
  const options = { packages: packages as never };
  const context = {
    options,
    inputs: {},
    output: to,
    scratch,
    log: '',
    store,
    progress: quiet,
    name: 'fetch image',
    sourceDateEpoch: Date.UTC(2026, 9, 30, 8, 8, 1) / 1000,
    sources: async () => sources,
  };
  return fetchStage(context).then(
    () => undefined,
    (error) => error,
  );
}
const from = (...mirrors: string[]) => fetchFrom({ mirrors, offline: false });
const fromOne = (mirror: string, to: string) => fetchFrom({ mirrors: [mirror], offline: false }, [zstd], to);

async function withServers<T>(
  answers: Answer[],
  work: (urls: string[]) => Promise<T>,
): Promise<[T, string[]]> {
  const servers = await Promise.all(answers.map((answer) => serve(body, [answer])));
  const result = await work(servers.map(({ url }) => url));
  for (const server of servers) server.close();
  return [result, servers.flatMap(({ requests }) => requests.map(({ path }) => path))];
}

it('takes a file from the first mirror that has it, and links it by its name', async () => {
  const [error, asked] = await withServers([status(404), ranged], (urls) => from(...urls));
  expect(error).toBeUndefined();
  expect(asked).toEqual([`/${zstd.path}`, `/${zstd.path}`]);
  expect(readFileSync(join(output, name)).equals(body)).toBe(true);
  expect(readdirSync(join(store.folder, 'files'))).toEqual([sha256]);
});

it('asks a dated mirror for a moment that has the whole Release', async () => {
  const [error, asked] = await withServers([ranged], ([url]) => from(`${url}/{timestamp}/`));
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
  ['by the second when the first has failed', status(404), expect.objectContaining({ code: 'LOCK_GONE' })],
])('brings what two ask for at the same time %s', async (_what, first, error) => {
  const beside = join(folder, 'beside');
  mkdirSync(beside, { recursive: true });
  const [errors, asked] = await withServers([first, ranged], (urls) =>
    Promise.all([output, beside].map((to, index) => fromOne(urls[index]!, to))),
  );
  expect(errors).toEqual([error, undefined]);
  expect(asked.length).toBe(error ? 2 : 1);
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

it('lists everything that no mirror has, with the age of the lock and two ways on', async () => {
  const packages = [zstd, { ...lockedPackage('apt', 'c') }];
  const [error] = await withServers([status(404), status(410)], (mirrors) =>
    fetchFrom({ mirrors, offline: false }, packages),
  );
  expect(error).toMatchObject({
    code: 'LOCK_GONE',
    message: 'no mirror has 2 packages locked against the archive of 2026-10-30: apt 1.0-1, zstd 1.0-1',
    hint: expect.stringMatching(/--update.*\{timestamp\}.*ingot mirror/),
  });
});

it('asks no server when it is offline', async () => {
  const [error, asked] = await withServers([ranged], (mirrors) => fetchFrom({ mirrors, offline: true }));
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
