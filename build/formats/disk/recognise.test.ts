import { expect, it } from 'vitest';
import { fileSystem, headBytes, imageKind, superBytes } from './recognise.ts';

const file = (offset: number, bytes: string, length = headBytes) => {
  const head = Buffer.alloc(length);
  head.write(bytes, offset, 'latin1');
  return head;
};

it.each([
  ['xz', 0, '\xfd7zXZ\0'],
  ['gzip', 0, '\x1f\x8b\x08'],
  ['zstd', 0, '\x28\xb5\x2f\xfd'],
  ['qcow2', 0, 'QFI\xfb\0\0\0\x03'],
  ['vmdk', 0, 'KDMV\x03'],
  ['vhdx', 0, 'vhdxfile'],
  ['vhd', 0, 'conectix'],
  ['vdi', 64, '\x7f\x10\xda\xbe'],
  ['tar', 257, 'ustar\x0000'],
  ['iso', 32769, 'CD001'],
  ['raw', 512, 'EFI PART'],
])('tells %s', (kind, offset, bytes) => {
  expect(imageKind(file(offset, bytes))).toBe(kind);
});

it('takes a short file for a raw disk', () => {
  expect(imageKind(Buffer.alloc(0))).toBe('raw');
});

it.each([
  ['squashfs', 0, 'hsqs'],
  ['xfs', 0, 'XFSB'],
  ['ext4', 1080, '\x53\xef'],
  [undefined, 3, 'NTFS'],
])('tells file system %s', (kind, offset, bytes) => {
  expect(fileSystem(file(offset, bytes, superBytes))).toBe(kind);
});

it('takes a short file for no file system', () => {
  expect(fileSystem(Buffer.from('hsqs'))).toBeUndefined();
});
