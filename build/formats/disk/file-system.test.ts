import { expect, it } from 'vitest';
import { fileSystem, superBytes } from './file-system.ts';

const file = (offset: number, bytes: string) => {
  const head = Buffer.alloc(superBytes);
  head.write(bytes, offset, 'latin1');
  return head;
};

it.each([
  ['squashfs', 0, 'hsqs'],
  ['xfs', 0, 'XFSB'],
  ['ext4', 1080, '\x53\xef'],
  [undefined, 3, 'NTFS'],
])('tells %s', (kind, offset, bytes) => {
  expect(fileSystem(file(offset, bytes))).toBe(kind);
});

it('takes a short file for none', () => {
  expect(fileSystem(Buffer.from('hsqs'))).toBeUndefined();
});
