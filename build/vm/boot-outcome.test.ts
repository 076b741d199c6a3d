import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bootFailure } from './boot-outcome.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Logs that were last written this many seconds ago. */
function logs(texts: { [name: string]: string }, seconds: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-boot-outcome-'));
  folders.push(folder);
  const time = Date.now() / 1000 - seconds;
  for (const [name, text] of Object.entries({ 'console.log': '', 'journal.log': '', ...texts })) {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), time, time);
  }
  return folder;
}

const panic = 'Kernel panic - not syncing: Fatal exception\n';

test.each([
  ['nothing yet', {}, 299, undefined, undefined],
  ['a silent console', { 'console.log': 'BdsDxe: starting' }, 301, undefined, true],
  ['a panic', { 'console.log': panic }, 1, false, false],
  ['nothing to boot', { 'console.log': 'BdsDxe: No bootable option or device was found.' }, 1, false, false],
  [
    'a medium that is not found',
    { 'console.log': 'Unable to find a medium containing a live file system' },
    1,
    false,
    false,
  ],
  ['an emergency shell', { 'console.log': 'You are in emergency mode.' }, 301, false, false],
  ['a panic over its own breakpoint', { 'console.log': `Oops: int3: 0000\n${panic}` }, 1, false, true],
  [
    'an instruction that KVM does not know',
    { 'qemu.log': 'KVM internal error. Suberror: 1\n' },
    1,
    true,
    undefined,
  ],
])('%s: whether the attempt is repeated under KVM, and emulated', async (_what, texts, seconds, kvm, tcg) => {
  const folder = logs(texts, seconds);
  expect((await bootFailure(folder, 'kvm'))?.retryable).toBe(kvm);
  expect((await bootFailure(folder, 'tcg'))?.retryable).toBe(tcg);
});

test.each(['console.log', 'journal.log'])('a line in %s shows that the guest is alive', async (log) => {
  const folder = logs({}, 301);
  writeFileSync(join(folder, log), 'systemd[1]: ');
  expect(await bootFailure(folder, 'tcg')).toBeUndefined();
});
