import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../host/fs/files.ts';
import { openStore } from '../host/store/store.ts';
import { startIngot } from '../testdata/ingot.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join((await openStore()).folder, 'bad-input-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Builds with an empty store of its own; returns status and standard error, and that nothing was left. */
async function buildWith(name: string, env: Record<string, string>) {
  const store = join(folder, name);
  const out = join(store, 'out');
  const ended = await startIngot(['build', 'nanite-server', '--out', out], { INGOT_STORE: store, ...env })
    .ended;
  expect(readdirSync(join(store, 'temporary'))).toEqual([]);
  expect(readdirSync(join(store, 'stages'))).toEqual([]);
  return ended;
}

test('a mirror that is down is named, and how to choose another', async () => {
  const ended = await buildWith('down', { INGOT_DEBIAN_MIRROR: 'http://127.0.0.1:9/debian' });
  expect(ended.status).toBe(6);
  expect(ended.stderr).toMatch(/MIRROR_DOWN.*127\.0\.0\.1:9.*INGOT_DEBIAN_MIRROR/);
});

test('a mirror that has moved on is one error with all that is gone', async () => {
  const ended = await buildFrom('gone', (path) => (path === '/' ? 200 : 404));
  expect(ended.status).toBe(4);
  expect(ended.stderr).toMatch(/LOCK_GONE.*no longer has \d+ .*apt .* and \d+ more.*lock <recipe> --update/);
});

test('a mirror whose address is wrong is no archive that has moved on', async () => {
  const ended = await buildFrom('wrong', () => 404);
  expect(ended.status).toBe(6);
  expect(ended.stderr).toMatch(/MIRROR_DOWN.*\(INGOT_DEBIAN_MIRROR\) .*HTTP 404.*correct the address/);
});

async function buildFrom(name: string, status: (path: string) => number) {
  const server = createServer((request, response) => response.writeHead(status(request.url!)).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const ended = await buildWith(name, { INGOT_DEBIAN_MIRROR: `http://127.0.0.1:${port}` });
  server.close();
  return ended;
}

test('a model that is no GGUF stops the build before anything is fetched', async () => {
  const store = join(folder, 'model');
  const args = [
    'build',
    'nanite-server',
    '--model',
    join(repository, 'package.json'),
    '--out',
    join(store, 'out'),
  ];
  const ended = await startIngot(args, { INGOT_STORE: store }).ended;
  expect(ended.status).toBe(3);
  expect(ended.stderr).toMatch(/MODEL_INVALID.*package\.json.*offset 0/);
  expect(existsSync(store)).toBe(false);
});
