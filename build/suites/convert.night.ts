import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOvfManifest } from '../formats/disk/ovf.ts';
import { parseOvf } from '../formats/disk/ovf-reader.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import { differingBytes } from '../host/fs/compare.ts';
import { qemuFormats } from '../stages/convert/qemu.ts';
import {
  contextOf,
  convert,
  data,
  diskOf,
  hardware,
  overwrite,
  prepareTools,
  removeFolders,
  wholeOf,
  writeImage,
} from './support/conversion.ts';
import { bytesOf, sameWhereverItIsMade, sha256Of } from './support/conversion-checks.ts';

const forms = [...Object.keys(qemuFormats), 'raw none', 'raw gzip', 'raw xz', 'ova deflate', 'gce-tar gzip'];

beforeAll(prepareTools);
afterAll(removeFolders);

describe.each(forms)('%s', sameWhereverItIsMade);

it("has the disk's models and root in their place, and is no other name of what the store keeps", async () => {
  const disk = await diskOf(2 ** 26);
  const raw = await convert('raw none', disk);
  expect(await differingBytes(raw, wholeOf(disk))).toBe(0);
  expect(statSync(join(disk, 'disk.raw')).nlink).toBe(1);
});

it.each(['raw none', 'qcow2 zstd', 'raw xz'])('%s is refused when the models are damaged', async (form) => {
  const disk = await diskOf(2 ** 26);
  overwrite(join(disk, 'models/models.erofs'), 4096, 'x');
  await expect(convert(form, disk)).rejects.toMatchObject({
    code: 'HASH_MISMATCH',
    message: expect.stringMatching(/^models\.erofs is damaged in the store/),
  });
});

const canonicalised = Object.entries(qemuFormats).filter(([, { canonicalise }]) => canonicalise);

it.each(canonicalised)('%s differs each time where it is not made canonical', async (form, format) => {
  const disk = await diskOf(bytesOf(form));
  const left = { ...format, canonicalise: undefined };
  const one = await writeImage(left, contextOf(form, disk));
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const two = await writeImage(left, contextOf(form, disk));
  expect(await differingBytes(one, two)).toBeGreaterThan(0);
});

it('what is made of other things gets other ids', async () => {
  const disk = await diskOf(2 ** 26);
  const ids = await Promise.all(
    ['one', 'other'].map(async (identity) =>
      readFileSync(await convert('vdi none', disk, { identity })).subarray(392, 424),
    ),
  );
  expect(ids[0]!.equals(ids[1]!)).toBe(false);
});

it.each([
  // The last sector that the disk has data in.
  ['a byte of the data changed', 'vdi none', { canonicalise: lastByteChanged }, /Content mismatch/],
  ['a disk of another size', 'vhd none', { options: ['-o', 'subformat=dynamic'] }, /Image size mismatch/],
])('refuses an image with %s', async (_what, form, change, why) => {
  const context = contextOf(form, await diskOf(2 ** 26));
  await expect(writeImage({ ...qemuFormats[form]!, ...change }, context)).rejects.toMatchObject({
    code: 'COMMAND_FAILED',
    message: expect.stringMatching(why),
  });
});

it.each([
  ['sizes that Google refuses', 'gce-tar gzip', 2 ** 26, 'INPUT_INVALID', /needs whole GiB/],
  ['sizes that Azure refuses', 'vhd-fixed none', 2 ** 26 + 512, 'INPUT_INVALID', /needs whole MiB/],
  ['a form that there is not', 'vdi xz', 2 ** 26, 'INTERNAL', /vdi xz/],
])('refuses %s', async (_what, form, bytes, code, message) => {
  const disk = await diskOf(bytes);
  await expect(convert(form, disk)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

it('an OVA is descriptor, manifest, disk; the sums are true; a VMDK made before gives the same', async () => {
  const disk = await diskOf(2 ** 26);
  const vmdk = await convert('vmdk deflate', disk);
  const ova = await convert('ova deflate', disk);
  const members = await membersOf(ova);
  expect(members.map(({ name }) => name)).toEqual(['sample.ovf', 'sample.mf', 'sample-disk1.vmdk']);
  for (const { header } of members)
    expect(header).toMatchObject({
      uid: 0,
      gid: 0,
      uname: '',
      gname: '',
      mtime: new Date(1767323045e3),
      mode: 0o644,
    });
  const [ovf, manifest, image] = members.map(({ content }) => content) as [Buffer, Buffer, Buffer];
  expect(image.equals(readFileSync(vmdk))).toBe(true);
  expect(parseOvf(String(ovf))).toMatchObject({
    ...hardware,
    disk: { file: 'sample-disk1.vmdk', size: image.length, capacity: 2 ** 26 },
  });
  expect([...parseOvfManifest(String(manifest))]).toEqual([
    ['sample.ovf', sha256(String(ovf))],
    ['sample-disk1.vmdk', sha256Of(vmdk)],
  ]);
  const again = await convert('ova deflate', disk, { vmdk: join(vmdk, '..') });
  expect(await differingBytes(ova, again)).toBe(0);
});

it("a VMDK written by qemu-img alone has the same content as one of Ingot's own writer", async () => {
  const disk = await diskOf(3 * 2 ** 28 + 2 ** 20 + 1536);
  overwrite(join(disk, 'disk.raw'), 2 ** 28 - 1_000_000, data);
  const [own, plain] = await Promise.all(
    ['parallel', 'qemu-img'].map((writer) => convert('vmdk deflate', disk, { writer })),
  );
  expect(await differingBytes(own!, plain!)).toBeGreaterThan(0);
  expect(compareDisks(own!, plain!)).toBe('Images are identical.\n');
  overwrite(wholeOf(disk), 2 ** 28, 'x');
  expect(compareDisks(plain!, join(disk, 'expected.raw'), 'raw')).toMatch(/^Content mismatch/);
});

it("a VMDK's grains are the disk's, in its order and none of zeros, in both tables, and the end is marked", async () => {
  const disk = await diskOf(3 * 2 ** 28 + 2 ** 20 + 1536);
  overwrite(join(disk, 'disk.raw'), 2 ** 28 - 1_000_000, data);
  overwrite(join(disk, 'disk.raw'), 3 * 2 ** 28 + 2 ** 20 + 1535, 'x');
  const vmdk = readFileSync(await convert('vmdk deflate', disk));
  const [redundant, main, begin] = [48, 56, 64].map((at) => Number(vmdk.readBigUInt64LE(at)));
  const tables = [redundant!, main!].map((directory) => grainsIn(vmdk, directory * 512));
  expect(tables[0]).toEqual(tables[1]);
  const raw = readFileSync(wholeOf(disk));
  let next = begin!;
  for (const [grain, sector] of tables[1]!) {
    expect(sector).toBe(next);
    const length = vmdk.readUInt32LE(sector * 512 + 8);
    expect(Number(vmdk.readBigUInt64LE(sector * 512))).toBe(grain * 128);
    const content = inflateSync(vmdk.subarray(sector * 512 + 12, sector * 512 + 12 + length));
    const there = raw.subarray(grain * 65536, (grain + 1) * 65536);
    expect(there.some((byte) => byte)).toBe(true);
    expect(content.equals(Buffer.concat([there, Buffer.alloc(65536 - there.length)]))).toBe(true);
    there.fill(0);
    next = sector + Math.ceil((12 + length) / 512);
  }
  expect(raw.some((byte) => byte)).toBe(false);
  expect(vmdk.subarray(next * 512).equals(Buffer.alloc(512))).toBe(true);
});

it("Google's archive is an old GNU one of a sparse disk.raw, and tells no time of its own", async () => {
  const compressed = readFileSync(await convert('gce-tar gzip', await diskOf(2 ** 30)));
  expect(compressed.subarray(0, 8).toString('hex')).toBe('1f8b080000000000');
  const header = gunzipSync(compressed).subarray(0, 512);
  expect(header.toString('latin1', 0, 9)).toBe('disk.raw\0');
  expect(header.toString('latin1', 257, 265)).toBe('ustar  \0');
  expect(header.toString('latin1', 156, 157)).toBe('S');
  expect(Number.parseInt(header.toString('latin1', 483, 494), 8)).toBe(2 ** 30);
  expect(Number.parseInt(header.toString('latin1', 136, 147), 8)).toBe(1767323045);
});

/** Numbers and sectors of the grains that a VMDK's tables have, by the directory at an offset. */
function grainsIn(vmdk: Buffer, directory: number): [grain: number, sector: number][] {
  const grains = Math.ceil(Number(vmdk.readBigUInt64LE(12)) / 128);
  const entry = (grain: number) => {
    const table = vmdk.readUInt32LE(directory + Math.floor(grain / 512) * 4);
    return vmdk.readUInt32LE(table * 512 + (grain % 512) * 4);
  };
  return Array.from({ length: grains }, (_, grain): [number, number] => [grain, entry(grain)]).filter(
    ([, sector]) => sector,
  );
}

async function membersOf(archive: string) {
  const unpacked = extract();
  unpacked.end(readFileSync(archive));
  const members: { name: string; header: object; content: Buffer }[] = [];
  for await (const entry of unpacked)
    members.push({ name: entry.header.name, header: entry.header, content: await buffer(entry) });
  return members;
}

/** What a guest would see in a VMDK and in another disk. */
function compareDisks(vmdk: string, other: string, format = 'vmdk'): string {
  const compare = ['compare', '-f', 'vmdk', '-F', format, vmdk, other];
  return spawnSync('qemu-img', compare, { encoding: 'utf8' }).stdout;
}

function lastByteChanged({ size }: { size: number }) {
  return [{ offset: size - 1, bytes: Buffer.from([0x5a ^ data[1023]!]) }];
}
