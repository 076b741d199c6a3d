import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { formatRows } from '../formats/disk/formats.ts';
import { differingBytes } from '../host/fs/compare.ts';
import { copy, hashFile } from '../host/fs/files.ts';
import { runInside } from '../host/run/sandbox.ts';
import { openStore } from '../host/store/store.ts';
import type { Format } from '../model/target.ts';
import { readArtifact } from '../project/artifact.ts';
import { buildDefaultImages } from './support/images.ts';
import { type Readers, readersTree, readWith } from './support/readers-tree.ts';

/** What VirtualBox calls its own or takes as it is. */
const opened = ['vdi', 'vhd', 'vhd-fixed', 'vhdx', 'vmdk'] as const;
const targets = [...opened, 'ova', 'qcow2', 'raw'];
const paths: { [target: string]: string } = {};
let readers: Readers;

beforeAll(async () => {
  const images = await buildDefaultImages(targets);
  for (const [n, target] of targets.entries()) paths[target] = images[n]!.path;
  readers = { tree: await readersTree(), work: '' };
});
beforeEach(async () => {
  readers.work = mkdtempSync(join((await openStore()).folder, 'readers-'));
});
afterEach(() => rmSync(readers.work, { recursive: true, force: true }));

/** What VirtualBox says of a disk in the work folder, asked so often by a program of its own each time. */
async function mediumInfo(name: string, times: number): Promise<string[]> {
  const said: string[] = [];
  for (let n = 0; n < times; n++)
    said.push(await readWith(readers, {}, ['VBoxManage', 'showmediuminfo', 'disk', `/scratch/${name}`]));
  return said;
}

/** The whole disk as VirtualBox reads it must be the raw one. */
async function expectSameDisk(inside: string): Promise<void> {
  const convert = ['vbox-img', 'convert', '--srcfilename', inside, '--dstfilename', '/scratch/read.raw'];
  await readWith(readers, {}, [...convert, '--dstformat', 'RAW']);
  expect(await differingBytes(join(readers.work, 'read.raw'), paths.raw!)).toBe(0);
}

it.each(opened)(
  'VirtualBox opens %s twice, reads the disk that it is, and leaves it as it is',
  async (target) => {
    const name = `disk.${formatRows[target].extension}`;
    // A copy that it may write to, as people's may be.
    await copy(paths[target]!, join(readers.work, name));
    const said = await mediumInfo(name, 2);
    for (const text of said) {
      expect(text).toMatch(/^State: +created$/m);
      expect(text).toMatch(/^Capacity: +6144 MBytes$/m);
    }
    // VirtualBox reads no id from a VHDX, and gives each a new one.
    const known = said.map((text) => (target === 'vhdx' ? text.replace(/^UUID: .*/, '') : text));
    expect(known[1]).toBe(known[0]);
    await expectSameDisk(`/scratch/${name}`);
    expect(await hashFile(join(readers.work, name))).toBe((await readArtifact(paths[target]!)).sha256);
  },
);

it('VirtualBox imports the OVA: its manifest, and a machine with UEFI, VMSVGA, NAT and the disk', async () => {
  const { recipe, machine } = await readArtifact(paths.ova!);
  const said = await readWith(readers, { 'x.ova': paths.ova! }, ['VBoxManage', 'import', '/inputs/x.ova']);
  expect(said).toContain('Successfully imported the appliance.');
  const info = await readWith(readers, {}, ['VBoxManage', 'showvminfo', recipe, '--machinereadable']);
  const settings = Object.fromEntries(
    [...info.matchAll(/^"?([^"=\n]+)"?="?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(settings).toMatchObject({
    ostype: 'Debian (64-bit)',
    cpus: String(machine.cpus),
    memory: String(machine.memoryMiB),
    firmware: 'EFI',
    graphicscontroller: 'vmsvga',
    rtcuseutc: 'on',
    storagecontrollertype0: 'IntelAhci',
    nic1: 'nat',
    nic2: 'none',
  });
  await expectSameDisk(settings['SATA-0-0']!);
});

it('a reader made from the specification of qcow2 finds the disk that it is', async () => {
  const { toolsStage } = await readArtifact(paths.qcow2!);
  const program = fileURLToPath(new URL('support/read-qcow2.py', import.meta.url));
  const inputs = { '/inputs/x.qcow2': paths.qcow2!, '/inputs/read.py': program };
  const tools = (await openStore()).stage(toolsStage);
  const command = ['python3', '/inputs/read.py', '/inputs/x.qcow2', '/scratch/read.raw'];
  await runInside({ tools, work: readers.work, inputs, sourceDateEpoch: 1 }, command);
  expect(await differingBytes(join(readers.work, 'read.raw'), paths.raw!)).toBe(0);
});

it('gdisk finds nothing wrong with the partition table of raw', async () => {
  const said = await readWith(readers, { 'x.raw': paths.raw! }, ['sgdisk', '--verify', '/inputs/x.raw']);
  expect(said).toContain('No problems found');
});

// Also the proof that VirtualBox refuses anything at all.
it.each<[Format, RegExp]>([
  ['vhdx', /BAT region not marked as required/],
  ['vmdk', /^State: +inaccessible$/m],
])('VirtualBox does not take a %s as qemu-img leaves it', async (format, says) => {
  const { driver, qemuImg, extension } = formatRows[format];
  const raw = join(readers.work, 'small.raw');
  writeFileSync(raw, 'x');
  truncateSync(raw, 2 ** 26);
  const path = join(readers.work, `small.${extension}`);
  execFileSync('qemu-img', ['convert', '-f', 'raw', '-O', driver!, ...qemuImg!.options, raw, path]);
  const said = await mediumInfo(`small.${extension}`, 1).then(
    ([text]) => text!,
    (error) => String(error.message),
  );
  expect(said).toMatch(says);
  expect(readFileSync(path).length).toBeGreaterThan(0);
});
