import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIngot } from '../testdata/ingot.ts';
import { command, type FaultStore, wholeLockOf } from './fault-store.ts';

/** A throw-away key, and what it signs. */
export interface Signer {
  /** The public part, as apt's `signed-by` takes it. */
  keyring: string;
  clearsign(text: string): string;
  close(): void;
}

export function makeSigner(): Signer {
  // The agent's socket must have a short path.
  const home = mkdtempSync(join(tmpdir(), 'gpg-'));
  const gpg = (args: string[]) => command(['gpg', '--homedir', home, '--batch', '--quiet', ...args]);
  gpg(['--passphrase', '', '--quick-generate-key', 'Ingot fault harness', 'rsa3072', 'sign', 'never']);
  const keyring = join(home, 'keyring.gpg');
  gpg(['--output', keyring, '--export']);
  const text = join(home, 'text');
  return {
    keyring,
    clearsign(content) {
      writeFileSync(text, content);
      return gpg(['--output', '-', '--clearsign', text]);
    },
    close() {
      command(['gpgconf', '--homedir', home, '--kill', 'gpg-agent']);
      rmSync(home, { recursive: true });
    },
  };
}

/** An archive of exactly the locked packages: its index, and the Release that is to be signed, by paths. */
export async function makeArchive(
  place: FaultStore,
  validUntil: string,
): Promise<{ packages: string; release: string }> {
  const { release, base, sets } = wholeLockOf(place);
  const folder = join(place.folder, 'archive');
  const targets = sets.flatMap((set) => ['--target', set.targets[0]!]);
  const fetch = ['mirror', 'nanite-server', ...targets, ...place.image.lock, '--out', folder];
  const written = await startIngot(fetch, { INGOT_STORE: place.source }).ended;
  if (written.status !== 0) throw new Error(`ingot ${fetch.join(' ')}: ${written.stderr}`);
  const only = ['MD5', 'SHA1', 'SHA512'].flatMap((hash) => ['-o', `APT::FTPArchive::${hash}=false`]);
  const index = command(['env', '--chdir', folder, 'apt-ftparchive', ...only, 'packages', 'pool']);
  rmSync(folder, { recursive: true });
  const sha256 = createHash('sha256').update(index).digest('hex');
  const fields = {
    Suite: base,
    Codename: base,
    Date: new Date(release.date).toUTCString().replace('GMT', 'UTC'),
    'Valid-Until': validUntil,
    Architectures: 'amd64',
    Components: 'main',
    SHA256: `\n ${sha256} ${Buffer.byteLength(index)} main/binary-amd64/Packages`,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  return { packages: index, release: lines.join('').replace(': \n', ':\n') };
}

/** A mirror's folder of a suite. */
export function suiteFiles(base: string, files: { [name: string]: string | undefined }): [string, Buffer][] {
  return Object.entries(files).flatMap(([name, text]) =>
    text === undefined ? [] : [[`/dists/${base}/${name}`, Buffer.from(text)] as [string, Buffer]],
  );
}
