import { expect, it } from 'vitest';
import { canonical, sampleIdentity } from '../attest/fixture.ts';
import { guidBytes } from './disk-image.ts';
import { canonicalVhdx, crc32c } from './vhdx.ts';

const made = canonical(sample(7), canonicalVhdx, sampleIdentity);

it('leaves nothing of chance: headers, log and page 83', () => {
  expect(made.equals(canonical(sample(9), canonicalVhdx, sampleIdentity))).toBe(true);
});

it.each([
  [0x10000, 1n],
  [0x20000, 2n],
])('header at %i: sequence number %i, a true checksum, an empty log', (offset, sequence) => {
  const header = Buffer.from(made.subarray(offset, offset + 4096));
  expect(header.readBigUInt64LE(8)).toBe(sequence);
  const written = header.readUInt32LE(4);
  expect(crc32c(header.fill(0, 4, 8))).toBe(written);
  expect(header.subarray(48, 64).equals(Buffer.alloc(16))).toBe(true);
  expect(header.subarray(16, 32).equals(header.subarray(32, 48))).toBe(false);
});

it.each([0x30000, 0x40000])('region table at %i: both regions are required, a true checksum', (offset) => {
  const table = Buffer.from(made.subarray(offset, offset + 0x10000));
  const written = table.readUInt32LE(4);
  expect(crc32c(table.fill(0, 4, 8))).toBe(written);
  expect([16, 48].map((entry) => table.readUInt32LE(entry + 28))).toEqual([1, 1]);
  expect(table.readBigUInt64LE(16 + 16)).toBe(0x60000n);
});

it('wipes the whole log and not a byte beyond', () => {
  expect(made.subarray(0x80000, 0x82000).equals(Buffer.alloc(0x2000))).toBe(true);
  expect(made[0x7ffff]).toBe(0xee);
  expect(made[0x82000]).toBe(0xee);
});

it('finds the page 83 entry by its id', () => {
  expect(made[0x60000 + 0x8000 + 7]! >> 4).toBe(8);
  expect(made[0x60000 + 0x8000 + 16]).toBe(0);
});

it.each<[string, (image: Buffer) => void, string]>([
  ['no header', (image) => image.fill(0, 0x10000, 0x10004), 'is not where it must be'],
  ['a log to replay', (image) => image.fill(1, 0x20030, 0x20040), 'has to be replayed'],
  ['no metadata region', (image) => image.fill(0, 0x30010, 0x30020), 'no entry 8b7ca206'],
  ['no block allocation table', (image) => image.fill(0, 0x40030, 0x40040), 'no entry 2dc27766'],
  ['no second region table', (image) => image.fill(0, 0x40000, 0x40004), 'is not where it must be'],
  ['no page 83', (image) => image.fill(0, 0x60020, 0x60030), 'no entry beca12ab'],
])('refuses %s', (_what, damage, why) => {
  const image = sample(7);
  damage(image);
  expect(() => canonical(image, canonicalVhdx, sampleIdentity)).toThrow(why);
});

/** The log is at 0x80000, the metadata at 0x60000, the id of page 83 at 0x8000 in there. */
function sample(random: number): Buffer {
  const image = Buffer.alloc(0x90000);
  for (const [n, offset] of [0x10000, 0x20000].entries()) {
    const header = image.subarray(offset, offset + 4096);
    header.write('head');
    header.fill(random, 4, 8).fill(random, 16, 48);
    header.writeBigUInt64LE(BigInt(random * 100 + n), 8);
    header.writeUInt32LE(0x2000, 68);
    header.writeBigUInt64LE(0x80000n, 72);
  }
  for (const table of [0x30000, 0x40000]) {
    image.write('regi', table);
    image.writeUInt32LE(2, table + 8);
    guidBytes('8b7ca206-4790-4b9a-b8fe-575f050f886e').copy(image, table + 16);
    image.writeBigUInt64LE(0x60000n, table + 32);
    guidBytes('2dc27766-f623-4200-9d64-115e9bfd4a08').copy(image, table + 48);
  }
  image.fill(0xee, 0x7ffff, 0x82001).fill(random, 0x80000, 0x82000);
  image.write('metadata', 0x60000);
  image.writeUInt16LE(1, 0x6000a);
  guidBytes('beca12ab-b2e6-4523-93ef-c309e000c746').copy(image, 0x60020);
  image.writeUInt32LE(0x8000, 0x60030);
  image.fill(random, 0x68000, 0x68010);
  return image;
}

// The check value of CRC catalogues, and the vectors of RFC 3720, B.4.
it.each<[string, Uint8Array, number]>([
  ['nothing', Buffer.alloc(0), 0],
  ['the digits', Buffer.from('123456789'), 0xe3069283],
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['0 to 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
])('the CRC-32C of %s', (_what, bytes, crc) => {
  expect(crc32c(bytes)).toBe(crc);
});
