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
const firmware =
  '\x1b[2J\x1b[01;01HBdsDxe: starting Boot0001 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x2,0x0)\r\n';
const word = '[    0.048000] tsc: Unable to calibrate against PIT\r\n';

test.each([
  ['nothing yet', {}, 299, undefined, undefined],
  ['nothing for long', {}, 301, undefined, true],
  ['no word of a kernel for long', { 'console.log': firmware }, 301, undefined, true],
  ["a kernel's word on the console", { 'console.log': firmware + word }, 301, undefined, undefined],
  [
    "a kernel's word in the journal",
    { 'console.log': firmware, 'journal.log': word },
    301,
    undefined,
    undefined,
  ],
  ['a panic', { 'console.log': panic }, 1, false, false],
  ['a panic over its own breakpoint', { 'console.log': `Oops: int3: 0000\n${panic}` }, 1, false, true],
  [
    'an instruction that KVM does not know',
    { 'qemu.log': 'KVM internal error. Suberror: 1\n' },
    1,
    true,
    undefined,
  ],
])('%s: who is to blame under KVM, and emulated', async (_what, texts, seconds, kvm, tcg) => {
  const folder = logs(texts);
  const started = Date.now() - seconds * 1000;
  expect((await bootEnd(folder, { accelerator: 'kvm', started }))?.spoiled).toBe(kvm);
  expect((await bootEnd(folder, { accelerator: 'tcg', started }))?.spoiled).toBe(tcg);
});
