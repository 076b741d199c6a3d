import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { depmodBeside } from '../distros/debian/depmod-beside.ts';
import { runInside } from '../host/run/sandbox.ts';
import { prepareTools } from './support/conversion.ts';

const work = mkdtempSync(join(tmpdir(), 'ingot-depmod-'));
let tools: string;
beforeAll(async () => {
  tools = await prepareTools();
  const program = '#!/bin/sh\n[ $1 = --version ] && exit\nsleep 1\necho "tables of $1"\n[ "$1" != bad ]\n';
  mkdirSync(join(work, 'sbin'));
  writeFileSync(join(work, 'sbin/depmod'), program, { mode: 0o755 });
});
afterAll(() => rmSync(work, { recursive: true }));

const quoted = (script: string) => `'${script.replaceAll("'", "'\\''")}'`;

/**
 * What a package manager does with a slow depmod in place of the true one, and what it said. The root is a copy of the
 * sandbox's; `within` is for a script that runs in it.
 */
const configure = (script: string) =>
  runInside({ tools, work, sourceDateEpoch: 0 }, [
    ...['bash', '-euo', 'pipefail', '-c'],
    `mount -t tmpfs new /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work root /mnt/root
mount --bind sbin /mnt/root/usr/sbin
mount --bind /dev /mnt/root/dev
mkdir -p /mnt/root/usr/lib/modules/7.0-good/kernel
within() { PATH=${depmodBeside.path} chroot /mnt/root sh -euc "$1"; }
sh -c ${quoted(depmodBeside.begin)} begin /mnt/root
${script}
sh -c ${quoted(depmodBeside.await)} await /mnt/root
ls -A /mnt/root/tmp`,
  ]);
const unpack = `: > /mnt/root/usr/lib/modules/7.0-good/kernel/one.ko.xz
: > /mnt/root/var/lib/dpkg/info/linux-modules-7.0-good.list`;

test('goes on while others are configured, is waited for, and leaves nothing', async () => {
  const said = await configure(`within 'depmod 7.0-good 3>&1 | cat
wc -c < /tmp/beside/log
depmod 7.0-good'`);
  expect(said).toBe('0\ntables of 7.0-good\ntables of 7.0-good\n');
});

test('begins when the modules are unpacked, and is not done twice', async () => {
  const said = await configure(`${unpack}
sleep 1.7
cat /mnt/root/tmp/beside/log
within 'depmod 7.0-good'`);
  expect(said).toBe('tables of 7.0-good\ntables of 7.0-good\n');
});

test('is not done twice when modules are configured while it goes on', async () => {
  const said = await configure(`${unpack}
sleep 0.7
within 'depmod 7.0-good'`);
  expect(said).toBe('tables of 7.0-good\n');
});

test('is done again when modules have come since', async () => {
  const said = await configure(`${unpack}
sleep 0.5
: > /mnt/root/usr/lib/modules/7.0-good/kernel/two.ko.xz
within 'depmod 7.0-good'`);
  expect(said).toBe('tables of 7.0-good\ntables of 7.0-good\n');
});

test('its failure is told when it is waited for', async () => {
  await expect(configure("within 'depmod bad'")).rejects.toMatchObject({
    message: expect.stringContaining('depmod bad ended with 1'),
  });
});

test('a root without a kernel waits for nothing', async () => {
  expect(await configure('echo configured')).toBe('configured\n');
});
