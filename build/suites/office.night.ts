import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../host/store/store.ts';
import { startIngot } from '../testdata/ingot.ts';
import { makeAuthority, makeCertificate, startProxy, startSecure } from '../testdata/office.ts';
import { withPackages } from './support/images.ts';

// All packages of the default image, by way of what the networks of offices have in between.
let folder: string;
let lock: string[];
const bundle = () => join(folder, 'a mirror with spaces');
beforeAll(async () => {
  folder = mkdtempSync(join((await openStore()).folder, 'office-'));
  lock = await withPackages(async (chosen) => {
    const ended = await startIngot(['mirror', 'nanite-server', ...chosen, '--out', bundle()]).ended;
    if (ended.status !== 0) throw new Error(ended.stderr);
    return chosen;
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (path: string) => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();

/** Writes the folder again from an empty store, with these arguments and variables. */
async function mirrored(name: string, args: string[], env: Record<string, string>) {
  const out = join(folder, name, 'out');
  const store = { INGOT_STORE: join(folder, name, 'store') };
  const words = ['mirror', 'nanite-server', ...lock, '--out', out, ...args];
  return { out, ended: await startIngot(words, { ...store, ...env }).ended };
}

test('comes by a proxy that wants a password, from a server of an own authority', async () => {
  const authority = makeAuthority(folder);
  const server = await startSecure(makeCertificate(folder, authority), { folder: bundle() });
  const proxy = await startProxy({ password: 'secret' });
  const args = ['--mirror', server.url];
  const through = { https_proxy: proxy.url.replace('//', '//user:secret@'), no_proxy: '' };
  try {
    const trusting = await mirrored('trusting', [...args, '--ca', authority.certificate], through);
    expect([trusting.ended.status, trusting.ended.stderr]).toEqual([0, expect.any(String)]);
    expect(filesIn(trusting.out)).toEqual(filesIn(bundle()));
    expect(server.seen.length).toBeGreaterThan(200);
    expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${server.url.replace('https://', '')}`]));
    // Connections are used again.
    expect(proxy.seen.length).toBeLessThan(50);
    const { ended } = await mirrored('strange', args, through);
    expect(ended.status).toBe(6);
    expect(ended.stderr).toMatch(
      /MIRROR_DOWN.*through the proxy http:\/\/user:…@127.* \(https_proxy\): its certificate.*--ca <file>/,
    );
    expect(ended.stderr).not.toContain('secret');
  } finally {
    server.close();
    proxy.close();
  }
});

test('comes from a folder with spaces in its name, which the variable names', async () => {
  const { out, ended } = await mirrored('spaces', [], { INGOT_DEBIAN_MIRROR: bundle() });
  expect([ended.status, ended.stderr]).toEqual([0, expect.any(String)]);
  expect(filesIn(out)).toEqual(filesIn(bundle()));
});
