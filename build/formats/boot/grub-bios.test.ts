import { expect, it } from 'vitest';
import { placeGrub } from './grub-bios.ts';

const boot = Buffer.alloc(512, 0xaa);
const place = { startSector: 2048, partitionBytes: 4096 };

it('tells the first sector where the second image is, and that where its rest is', () => {
  const core = Buffer.alloc(1100, 0xbb);
  const { code, partition } = placeGrub({ boot, core }, place);
  expect(code).toHaveLength(440);
  expect(code.readBigUInt64LE(0x5c)).toBe(2048n);
  expect([...code.subarray(0x64, 0x69)]).toEqual([0xaa, 0xaa, 0x90, 0x90, 0xaa]);
  expect(partition).toHaveLength(4096);
  expect(partition.readBigUInt64LE(0x1f4)).toBe(2049n);
  // 1100 bytes are three sectors, the first of which is this one.
  expect([partition.readUInt16LE(0x1fc), partition.readUInt16LE(0x1fe)]).toEqual([2, 0x0820]);
  expect(partition.subarray(512, 1100)).toEqual(core.subarray(512));
  expect(partition.subarray(1100).every((byte) => byte === 0)).toBe(true);
});

it('leaves the images that it is given as they are, and refuses one that does not fit', () => {
  const core = Buffer.alloc(5000, 0xbb);
  expect(() => placeGrub({ boot, core }, place)).toThrow('core image has 5000 bytes, its partition 4096');
  expect(boot.every((byte) => byte === 0xaa)).toBe(true);
});
