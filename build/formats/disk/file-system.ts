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
