import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bootEnd } from './boot-end.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function logs(texts: { [name: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-boot-end-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
}

const panic = 'Kernel panic - not syncing: Fatal exception\n';

test.each([
  ['nothing yet', {}, undefined, undefined],
  ['a panic', { 'console.log': panic }, false, false],
  ['a panic over its own breakpoint', { 'console.log': `Oops: int3: 0000\n${panic}` }, false, true],
  [
    'an instruction that KVM does not know',
    { 'qemu.log': 'KVM internal error. Suberror: 1\n' },
    true,
    undefined,
  ],
])('%s: who is to blame under KVM, and emulated', async (_what, texts, kvm, tcg) => {
  const folder = logs(texts);
  expect((await bootEnd(folder, 'kvm'))?.spoiled).toBe(kvm);
  expect((await bootEnd(folder, 'tcg'))?.spoiled).toBe(tcg);
});
