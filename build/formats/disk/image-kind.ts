/** What a file is by its first bytes: a disk, or something around one. */
export type ImageKind =
  | 'iso'
  | 'raw'
  | 'qcow2'
  | 'vmdk'
  | 'vdi'
  | 'vhd'
  | 'vhdx'
  | 'tar'
  | 'xz'
  | 'gzip'
  | 'zstd';

/** How much of a file tells its kind, in bytes. */
export const headBytes = 36 * 1024;

const signatures: [kind: ImageKind, offset: number, bytes: string][] = [
  ['xz', 0, '\xfd7zXZ\0'],
  ['gzip', 0, '\x1f\x8b'],
  ['zstd', 0, '\x28\xb5\x2f\xfd'],
  ['qcow2', 0, 'QFI\xfb'],
  ['vmdk', 0, 'KDMV'],
  ['vhdx', 0, 'vhdxfile'],
  ['vhd', 0, 'conectix'],
  ['vdi', 0x40, '\x7f\x10\xda\xbe'],
  ['tar', 257, 'ustar'],
  ['iso', 0x8001, 'CD001'],
];

/** The kind of a file; whatever has no signature is taken for a raw disk, as is a VHD of fixed size, which ends in one. */
export function imageKind(head: Buffer): ImageKind {
  const found = signatures.find(
    ([, offset, bytes]) => head.toString('latin1', offset, offset + bytes.length) === bytes,
  );
  return found?.[0] ?? 'raw';
}
