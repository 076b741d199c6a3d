import type { Format } from '../../model/target.ts';
import { formatRows } from './formats.ts';

/** What a disk is packed in. */
export type Packing = 'tar' | 'xz' | 'gzip' | 'zstd';
/** What a file is by its first bytes: a medium, a disk, or something around one. */
export type ImageKind = Format | Packing;

/** How much of a file tells its kind, in bytes. */
export const headBytes = 36 * 1024;

const packings: { [packing in Packing]: [offset: number, bytes: string] } = {
  tar: [257, 'ustar'],
  xz: [0, '\xfd7zXZ\0'],
  gzip: [0, '\x1f\x8b'],
  zstd: [0, '\x28\xb5\x2f\xfd'],
};

/**
 * The kind of a file; one without a signature is taken for a raw disk, as is a VHD of fixed size, which ends
 * in one.
 */
export function imageKind(head: Buffer): ImageKind {
  const formats = Object.entries(formatRows).map(([name, { signature }]) => [name, signature] as const);
  const found = [...Object.entries(packings), ...formats].find(
    ([, signature]) =>
      signature && head.toString('latin1', signature[0], signature[0] + signature[1].length) === signature[1],
  );
  return (found?.[0] ?? 'raw') as ImageKind;
}

export function isPacking(kind: ImageKind): kind is Packing {
  return Object.hasOwn(packings, kind);
}

export type FileSystem = 'squashfs' | 'xfs' | 'ext4';

/** How much of a file system tells its kind, in bytes. */
export const superBytes = 2048;

/** The file system that begins with these bytes, if it is one that a root may be in. */
export function fileSystem(head: Buffer): FileSystem | undefined {
  if (head.length < superBytes) return undefined;
  const magic = head.toString('latin1', 0, 4);
  if (magic === 'hsqs') return 'squashfs';
  if (magic === 'XFSB') return 'xfs';
  return head.readUInt16LE(1024 + 56) === 0xef53 ? 'ext4' : undefined;
}
