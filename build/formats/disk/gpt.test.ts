import { expect, it } from 'vitest';
import { parseGpt, partitionTypes, sectorBytes } from './gpt.ts';
import { gptDiskBytes, gptHead, signGpt } from './gpt-fixture.ts';

const MiB = 1024 * 1024;
const type = (name: string) => Object.entries(partitionTypes).find(([, known]) => known === name)![0];
const partitions = [
  { type: type('bios-boot'), name: 'bios', start: MiB, size: MiB },
  { type: type('root'), name: 'root', start: 8 * MiB, size: 16 * MiB },
  { type: type('linux'), name: 'Modelle für KI, 36 Zeichen lang......', start: 2 * MiB, size: 4 * MiB },
];
const parse = (head: Buffer, size = gptDiskBytes) => parseGpt(head, size, 'x.raw');

it('finds partitions in the order of the table', () => {
  const named = partitions.map(({ name, ...rest }, index) => ({
    ...rest,
    name: name.slice(0, 36),
    uuid: `00000000-0000-0000-0000-00000000000${index + 1}`,
  }));
  expect(parse(gptHead(partitions))).toEqual(named);
  expect(parse(gptHead([]))).toEqual([]);
});

const damages: [what: string, says: string, change: (head: Buffer) => unknown, size?: number][] = [
  ['no signature', 'no GPT at byte 512', (head) => head.write('EFI PARK', sectorBytes)],
  ['a changed header', 'checksum of its header is wrong', (head) => head.writeUInt8(1, sectorBytes + 57)],
  ['a changed entry', 'checksum of its entries is wrong', (head) => head.writeUInt8(1, 2 * sectorBytes + 57)],
  ['a smaller disk', 'for a disk of more than 1048576 bytes', () => {}, MiB],
];
it.each(damages)('refuses %s', (_what, says, change, size) => {
  const head = gptHead(partitions);
  change(head);
  expect(() => parse(head, size)).toThrow(says);
});

const lies: [what: string, says: string, at: number, value: bigint][] = [
  ['a header for another place', 'its header is for another place', sectorBytes + 24, 2n],
  ['too many entries', 'it has 4294967295 entries of 128 bytes', sectorBytes + 80, 0x80_ffffffffn],
  ['entries of no size', 'it has 128 entries of 0 bytes', sectorBytes + 80, 0x80n],
  ['entries elsewhere', `its entries are at sector ${2n ** 63n}`, sectorBytes + 72, 2n ** 63n],
  ['entries at the header', 'its entries are at sector 1', sectorBytes + 72, 1n],
  ['a partition of no size', 'partition 1 is from sector 2048 to 0', 2 * sectorBytes + 40, 0n],
  [
    'a partition beyond the disk',
    `partition 1 is from sector 2048 to ${2n ** 64n - 1n}`,
    2 * sectorBytes + 40,
    2n ** 64n - 1n,
  ],
  ['partitions that overlap', 'the partition at byte 1048576 reaches', 2 * sectorBytes + 40, 4096n],
];
it.each(lies)('refuses %s with checksums that are right', (_what, says, at, value) => {
  const head = gptHead(partitions);
  head.writeBigUInt64LE(value, at);
  expect(() => parse(signGpt(head))).toThrow(says);
});

it('refuses what is too short', () => {
  const whole = gptHead(partitions);
  for (const length of [0, 511, 513, 1023, 1024, 5000, whole.length - 1])
    expect(() => parse(whole.subarray(0, length))).toThrow('partition table of x.raw: ');
});
