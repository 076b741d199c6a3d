import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { sha256 } from '../formats/text/canonical-json.ts';
import { makeAuthority, makeCertificate } from './office.ts';

/** What tests of an office's network share: files, an authority, and what is fetched. */
export const folder = mkdtempSync(join(tmpdir(), 'ingot-office-'));
export const text = 'abcdefghij'.repeat(3000);
export const body = Buffer.from(text);
export const authority = makeAuthority(folder);
export const certificate = makeCertificate(folder, authority);
const open: { close(): void }[] = [];

// What this machine itself has must not play a part.
beforeEach(() => {
  for (const name of Object.keys(process.env))
    if (/proxy$|^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|\w+_CA_BUNDLE)$/i.test(name)) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const each of open.splice(0)) each.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Kept open until the test has ended. */
export async function opened<T extends { close(): void }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  open.push(started);
  return started;
}

/** Fetches as a process does that has just begun; `ca` is what `--ca` names. */
export async function fetched(url: string, { ca }: { ca?: string } = {}): Promise<string> {
  vi.resetModules();
  const { download } = await import('../host/net/download.ts');
  if (ca) (await import('../host/net/trust.ts')).trustAlso(ca);
  const to = join(folder, 'fetched');
  rmSync(to, { force: true });
  const pin = { size: body.length, sha256: sha256(text) };
  const hints = { down: 'DOWN', gone: 'GONE', changed: 'CHANGED' };
  await download({ url: `${url}/x`, to, ...pin, hints, retries: 0, stallSeconds: 5 });
  return readFileSync(to, 'utf8');
}
