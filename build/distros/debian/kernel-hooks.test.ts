import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { runProgram } from '../../testdata/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-kernel-hooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const template = readFileSync(fileURLToPath(new URL('scripts/kernel-hooks.sh', import.meta.url)), 'utf8');

/** What a maintainer script of a kernel's package calls, each as a line; `INITRD` is what hooks see of it. */
async function calls(script: string, words: string[], env: object = {}): Promise<string[]> {
  const programs = join(folder, 'programs');
  mkdirSync(programs, { recursive: true });
  const stub = '#!/bin/sh\necho "${0##*/} $*${INITRD:+ INITRD=$INITRD}"\n';
  for (const name of ['depmod', 'linux-update-symlinks', 'linux-check-removal', 'linux-run-hooks']) {
    writeFileSync(join(programs, name), stub);
    chmodSync(join(programs, name), 0o755);
  }
  const file = join(folder, script);
  writeFileSync(file, template.replace('@RELEASE@', '7.2.1-ingot').replace('@SCRIPT@', script));
  const PATH = `${programs}:${process.env.PATH}`;
  const { status, stdout, stderr } = await runProgram(['sh', file, ...words], folder, { PATH, ...env });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter(Boolean);
}

const image = '7.2.1-ingot /boot/vmlinuz-7.2.1-ingot';

it('a new kernel gets an index of its modules, the links, and the hooks of the machine', async () => {
  expect(await calls('postinst', ['configure'])).toEqual([
    'depmod 7.2.1-ingot INITRD=Yes',
    `linux-update-symlinks install ${image} INITRD=Yes`,
    `linux-run-hooks image postinst ${image} -- configure INITRD=Yes`,
  ]);
});

it('an image under construction makes its initramfs at the end', async () => {
  const made = await calls('postinst', ['configure', '1'], { INITRD: 'No' });
  expect(made.every((line) => line.endsWith('INITRD=No'))).toBe(true);
  expect(made[1]).toContain('upgrade');
});

it.each([
  ['postinst', 'abort-upgrade', []],
  ['preinst', 'install', [`linux-run-hooks image preinst ${image} -- install INITRD=Yes`]],
  [
    'prerm',
    'remove',
    [
      'linux-check-removal 7.2.1-ingot INITRD=Yes',
      `linux-run-hooks image prerm ${image} -- remove INITRD=Yes`,
    ],
  ],
  ['prerm', 'upgrade', []],
  [
    'postrm',
    'remove',
    [
      `linux-update-symlinks remove ${image} INITRD=Yes`,
      `linux-run-hooks image postrm ${image} -- remove INITRD=Yes`,
    ],
  ],
])('%s %s', async (script, word, expected) => {
  expect(await calls(script, [word])).toEqual(expected);
});
