import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { encoded, tinyContent } from '../gguf/fixture.ts';
import { validateGguf } from '../gguf/validate.ts';
import { encodeGguf } from '../gguf/write.ts';
import { hashFile } from '../host/fs/files.ts';
import { openModel } from '../host/fs/model-file.ts';
import { openStore } from '../host/store/store.ts';
import { cut, ranged, serve, status } from '../testdata/loopback.ts';
import { obtainModel, pinModel } from './obtain-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-models-'));
process.env.INGOT_STORE = join(folder, 'store');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = encoded(tinyContent());
const pin = { size: file.length, sha256: await hashOf(file) };
const local = join(folder, 'tiny.gguf');
writeFileSync(local, file);
const said: [string, number, number][] = [];
const progress = {
  begin: () => () => {},
  bytes: (...args: [string, number, number]) => void said.push(args),
  note: () => {},
  data: () => {},
};
const store = await openStore();
const sources = async () => ({ mirrors: [], offline: false });
const context = { store, scratch: join(folder, 'scratch'), progress, sources };

beforeEach(() => {
  said.length = 0;
  for (const path of [context.scratch, join(store.folder, 'files'), join(store.folder, 'partial')]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
  }
});
const stored = () => readdirSync(join(store.folder, 'files'));
/** Bytes of the one download that is under way. */
const kept = () => {
  const folder = join(store.folder, 'partial');
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
};

it('copies a local file into the store by its hash, and leaves it where it is', async () => {
  expect(await pinModel({ name: 'tiny', source: local }, context)).toEqual(pin);
  expect(readFileSync(store.file(pin.sha256)).equals(file)).toBe(true);
  expect(existsSync(local)).toBe(true);
});

it('makes the built-in model, the same bytes as its pin', async () => {
  const smoke = {
    size: 40455616,
    sha256: 'b4929d9d0a49be032d8f6fd09d836d31b5ecea803f58744ed6e2cf307da9b8f8',
  };
  expect(await pinModel({ name: 'smoke', source: 'builtin:smoke', ...smoke }, context)).toEqual(smoke);
  expect(await hashFile(store.file(smoke.sha256))).toBe(smoke.sha256);
});

it('takes a pinned model from the store without its source', async () => {
  copyFileSync(local, store.file(pin.sha256));
  expect(await obtainModel({ name: 'tiny', source: '/gone.gguf', ...pin }, context)).toBe(
    store.file(pin.sha256),
  );
});

const text = join(folder, 'text.gguf');
writeFileSync(text, '<!doctype html>');
const wrong = { size: pin.size, sha256: '0'.repeat(64) };
it.each([
  [
    'that is not there',
    { source: '/no/such.gguf' },
    'MODEL_MISSING',
    /^model m: \/no\/such\.gguf does not exist$/,
  ],
  [
    'that is no GGUF',
    { source: text },
    'MODEL_INVALID',
    /^model m \(.*text\.gguf\): offset 0: magic is "<!do"/,
  ],
  ['that is a folder', { source: folder }, 'MODEL_INVALID', /is not a file$/],
  [
    'whose bytes are not the pinned ones',
    { source: local, ...wrong },
    'HASH_MISMATCH',
    /^model m: .*but the lock has 000/,
  ],
  [
    'built in, but pinned otherwise',
    { source: 'builtin:smoke', ...wrong },
    'HASH_MISMATCH',
    /sha256 b4929d9d.*\(38\.6 MiB\)/,
  ],
])('refuses a model %s, and keeps nothing of it', async (_what, model, code, message) => {
  const refused = pinModel({ name: 'm', ...model }, context);
  await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  expect(stored()).toEqual([]);
});

it('refuses a pinned model that was damaged in the store', async () => {
  writeFileSync(store.file(pin.sha256), Buffer.concat([file, Buffer.from('x')]));
  const refused = pinModel({ name: 'tiny', source: local, ...pin }, context);
  await expect(refused).rejects.toMatchObject({
    code: 'HASH_MISMATCH',
    message: expect.stringContaining(store.folder),
  });
});

it.each([
  ['pinned', pin],
  ['yet to be pinned', {}],
])('resumes a %s download after a cut', async (_what, known) => {
  const server = await serve(file, [cut(400), ranged], kept);
  expect(await pinModel({ name: 'tiny', source: `${server.url}/tiny.gguf`, ...known }, context)).toEqual(pin);
  expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=400-']);
  expect(stored()).toEqual([pin.sha256]);
  expect(readdirSync(join(store.folder, 'partial'))).toEqual([]);
  expect(said.every(([, done, total]) => done <= total)).toBe(true);
  server.close();
});

it('keeps the part of a download that was given up, for another command', async () => {
  const server = await serve(file, [cut(400), status(404), ranged], kept);
  const model = { name: 'tiny', source: `${server.url}/tiny.gguf`, ...pin };
  await expect(pinModel(model, context)).rejects.toMatchObject({ code: 'LOCK_GONE' });
  rmSync(context.scratch, { recursive: true });
  expect(await pinModel(model, context)).toEqual(pin);
  expect(server.requests.at(-1)).toMatchObject({ range: 'bytes=400-', bytes: file.length - 400 });
  server.close();
});

it.each([
  ['other bytes than the pinned', file, wrong, 'HASH_MISMATCH'],
  ['a page instead of a model', Buffer.from('<!doctype html>'), {}, 'MODEL_INVALID'],
])('refuses %s from a server', async (_what, body, known, code) => {
  const server = await serve(body, [ranged]);
  const refused = pinModel({ name: 'tiny', source: `${server.url}/tiny.gguf`, ...known }, context);
  await expect(refused).rejects.toMatchObject({ code });
  expect(stored()).toEqual([]);
  server.close();
});

it('validates and hashes a model of 512 MiB in less than 150 MB of memory', async () => {
  const large = join(folder, 'large.gguf');
  const weights = { name: 'large', dims: [2 ** 15, 2 ** 14], type: 24, data: [] };
  const header = encodeGguf({ ...tinyContent(), tensors: [weights] }).next().value as Uint8Array;
  writeFileSync(large, header);
  truncateSync(large, header.length + 2 ** 29);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  const model = await openModel(large);
  expect(await validateGguf(model, 'large')).toMatchObject({ parameters: 2 ** 29 });
  await model.close();
  expect(await hashFile(large)).toMatch(/^[0-9a-f]{64}$/);
  clearInterval(watch);
  expect(most - before).toBeLessThan(150e6);
});

async function hashOf(bytes: Buffer): Promise<string> {
  const path = join(folder, 'hashed');
  writeFileSync(path, bytes);
  return hashFile(path);
}
