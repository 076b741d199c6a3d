import { expect, it } from 'vitest';
import { canonical, sampleIdentity } from '../attest/fixture.ts';
import { canonicalVdi } from './vdi.ts';

it('replaces both ids, and nothing else', () => {
  const made = canonical(sample(7), canonicalVdi, sampleIdentity);
  expect(made.equals(canonical(sample(9), canonicalVdi, sampleIdentity))).toBe(true);
  expect(made.subarray(392, 408).equals(made.subarray(408, 424))).toBe(false);
  for (const [start, end] of [
    [0, 392],
    [424, 1024],
  ])
    expect(made.subarray(start, end).equals(sample(7).subarray(start, end))).toBe(true);
});

it('writes a UUID of version 8, its first three fields in little-endian order', () => {
  const made = canonical(sample(7), canonicalVdi, sampleIdentity);
  expect(made[392 + 7]! >> 4).toBe(8);
  expect(made[392 + 8]! >> 6).toBe(2);
});

it('refuses what is no VDI', () => {
  expect(() => canonical(Buffer.alloc(1024), canonicalVdi, sampleIdentity)).toThrow(
    '0x7f10dabe is not where',
  );
});

function sample(random: number): Buffer {
  const image = Buffer.alloc(1024, 'x');
  image.writeUInt32LE(0xbeda107f, 64);
  image.fill(random, 392, 424);
  return image;
}
