import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parseGpt, tableBytes } from '../formats/disk/gpt.ts';
import { fileSize } from '../host/fs/files.ts';
import { readHead, withReader } from '../host/fs/random-access.ts';
import type { Guest } from '../vm/guest.ts';
import { buildDefaultImage } from './support/images.ts';
import { expectGood, newTarget, runInstaller, type Steps, startInstalled } from './support/install.ts';
import { startTpm } from './support/tpm.ts';

const passphrase = 'correct horse battery';
let iso: string;
beforeAll(async () => {
  iso = (await buildDefaultImage('iso')).path;
});

test('an encrypted disk is opened by its passphrase and its recovery key, and by nothing else', async () => {
  const target = await newTarget('encrypted', { controller: 'nvme', firmware: 'uefi' });
  const answers = { disk: 'only', sshKeys: [target.publicKey], encryption: { passphrase } };
  const recoveryKey = recoveryKeyOf((await runInstaller(iso, target, answers)).steps);
  expect(await startOf(target.disk, 'root')).toBe('LUKS\xba\xbe');
  const started = async (guest: Guest) => {
    expect(await guest.succeed('findmnt --noheadings --output SOURCE /')).toBe('/dev/mapper/root');
    const opens = (key: string) =>
      guest.succeed(
        `printf %s '${key}' | cryptsetup open --test-passphrase --key-file - /dev/disk/by-partlabel/root && echo yes || echo no`,
      );
    expect([await opens(passphrase), await opens(recoveryKey), await opens('another')]).toEqual([
      'yes',
      'yes',
      'no',
    ]);
    await expectGood(guest);
  };
  await startInstalled(target, started, { credentials: { 'cryptsetup.passphrase': passphrase } });
  // What the next start does is what the first did, with the other key.
  await startInstalled(target, expectGood, { credentials: { 'cryptsetup.passphrase': recoveryKey } });
});

test('a TPM opens the disk of its machine without a passphrase', async () => {
  const target = await newTarget('tpm', { controller: 'nvme', firmware: 'uefi' });
  // Paths of sockets are short.
  const folder = mkdtempSync(join(tmpdir(), 'tpm-'));
  const tpm = await startTpm(folder);
  try {
    const encryption = { passphrase, tpm2: true };
    const answers = { disk: 'only', sshKeys: [target.publicKey], encryption };
    recoveryKeyOf((await runInstaller(iso, target, answers, tpm.words)).steps);
    await startInstalled(target, expectGood, { extraArguments: tpm.words });
  } finally {
    await tpm.stop();
    rmSync(folder, { recursive: true });
  }
});

function recoveryKeyOf(steps: Steps): string {
  expect(steps.map(({ step, error }) => step ?? error)).toEqual(['plan', 'writing', 'recovery-key', 'done']);
  const { text } = steps.find(({ step }) => step === 'recovery-key')!;
  return /(?:[a-z]{8}-){7}[a-z]{8}/.exec(String(text))![0];
}

/** How the content of a partition begins. */
async function startOf(disk: string, name: string): Promise<string> {
  const partitions = parseGpt(await readHead(disk, tableBytes), await fileSize(disk), disk);
  const { start } = partitions.find((partition) => partition.name === name)!;
  return withReader(disk, (read) => read(start, 6)).toString('latin1');
}
