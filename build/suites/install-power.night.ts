import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cutInstallation } from './support/cut-installs.ts';
import { buildDefaultImage } from './support/images.ts';
import { expectGood, newTarget, runInstaller, startInstalled } from './support/install.ts';
import { ext4Disk } from './support/old-disks.ts';

/** How often the power of one installation is cut, at another moment each time. */
const cuts = 300;

let iso: string;
beforeAll(async () => {
  iso = (await buildDefaultImage('iso')).path;
});

test('whenever the power fails, the disk has its old system, none, or the new one whole', async () => {
  const target = await newTarget('power', { controller: 'virtio', firmware: 'uefi' });
  ext4Disk(target.disk, 'old');
  const before = join(target.folder, 'before.raw');
  cpSync(target.disk, before);
  const log = join(target.folder, 'writes');
  // QEMU opens a log, and makes none.
  writeFileSync(log, '');
  const answers = { disk: 'vda', erase: 'vda', sshKeys: [target.publicKey] };
  const { steps } = await runInstaller(iso, { ...target, writeLog: log }, answers);
  expect(steps.map(({ step, error }) => step ?? error)).toEqual(['plan', 'writing', 'done']);

  const logged = { before, log };
  const found = await cutInstallation(logged, { count: cuts, seed: 'install' });
  expect(found.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
  const verdicts = new Set(found.map(({ verdict }) => verdict));
  expect(verdicts).toEqual(new Set(['unfinished', 'complete']));
  // The same of a program that waits for nothing, which is what the test is there to find.
  const deaf = await cutInstallation(logged, { count: cuts, seed: 'install', deaf: true });
  expect(deaf.filter(({ verdict }) => verdict === 'broken').length).toBeGreaterThan(0);
  await startInstalled(target, expectGood);
});
