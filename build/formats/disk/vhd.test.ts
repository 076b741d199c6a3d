import { expect, it } from 'vitest';
import { canonical, sampleIdentity } from '../attest/fixture.ts';
import { canonicalVhd } from './vhd.ts';

const kinds = [
  ['fixed', 2],
  ['dynamic', 3],
] as const;

it.each(kinds)('sets time, id and checksum of a %s one', (_name, kind) => {
  const made = canonical(sample(kind, 7), canonicalVhd, sampleIdentity);
  expect(made.equals(canonical(sample(kind, 9), canonicalVhd, sampleIdentity))).toBe(true);
  const footer = made.subarray(-512);
  // 2026-01-02T03:04:05 in seconds since 2000.
  expect(footer.readUInt32BE(24)).toBe(820638245);
  expect(footer[68 + 6]! >> 4).toBe(8);
  const sum = footer.reduce((total, byte, at) => (at >= 64 && at < 68 ? total : total + byte), 0);
  expect(footer.readUInt32BE(64)).toBe(0xffffffff - sum);
});

it('keeps the copy at the front of a dynamic one equal, and a fixed one has none', () => {
  const [fixed, dynamic] = kinds.map(([, kind]) => canonical(sample(kind, 7), canonicalVhd, sampleIdentity));
  expect(dynamic!.subarray(0, 512).equals(dynamic!.subarray(-512))).toBe(true);
  expect(fixed!.subarray(0, 512).equals(Buffer.alloc(512))).toBe(true);
});

it('refuses what is no VHD, and one whose footers differ', () => {
  expect(() => canonical(Buffer.alloc(2048), canonicalVhd, sampleIdentity)).toThrow(
    'is not where it must be',
  );
  const torn = sample(3, 7);
  torn[100] = 1;
  expect(() => canonical(torn, canonicalVhd, sampleIdentity)).toThrow('its two footers differ');
});

function sample(kind: number, random: number): Buffer {
  const image = Buffer.alloc(2048);
  const footer = image.subarray(-512);
  footer.write('conectix');
  footer.writeUInt32BE(kind, 60);
  footer.fill(random, 24, 28).fill(random, 64, 84);
  if (kind === 3) footer.copy(image);
  return image;
}
