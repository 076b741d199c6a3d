import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, it } from 'vitest';
import type { Tree } from '../../model/types.ts';
import { tarOf } from './tar.ts';

const epoch = 1767323045;
const long = `usr/share/${'folder-with-a-long-name/'.repeat(9)}file`;
const tree: Tree = [
  { path: 'z/last-by-name', mode: 0o644, uid: 0, gid: 0, kind: 'file', content: 'first\n' },
  { path: 'etc/sudoers.d/x', mode: 0o440, uid: 0, gid: 0, kind: 'file', content: 'äöü €\n' },
  { path: 'var/ai-data', mode: 0o2770, uid: 980, gid: 981, kind: 'directory' },
  { path: 'usr/bin/suid', mode: 0o4755, uid: 5, gid: 6, kind: 'file', content: '' },
  { path: 'etc/systemd/system/x', mode: 0o777, uid: 0, gid: 0, kind: 'symlink', to: '/dev/null' },
  { path: long, mode: 0o644, uid: 0, gid: 0, kind: 'file', content: 'deep' },
  { path: 'link', mode: 0o777, uid: 0, gid: 0, kind: 'symlink', to: `/${long}` },
  {
    path: 'models.erofs',
    mode: 0o644,
    uid: 0,
    gid: 0,
    kind: 'artifact',
    stage: 'models',
    file: 'models.erofs',
  },
];

it('carries order, modes, owners, links and contents; an artifact is left to its stage', async () => {
  const entries = await read(await buffer(tarOf(tree, epoch)));
  expect(long.length).toBeGreaterThan(200);
  expect(entries).toEqual([
    ['z/last-by-name', 'file', 0o644, 0, 0, 'first\n'],
    ['etc/sudoers.d/x', 'file', 0o440, 0, 0, 'äöü €\n'],
    ['var/ai-data', 'directory', 0o2770, 980, 981, ''],
    ['usr/bin/suid', 'file', 0o4755, 5, 6, ''],
    ['etc/systemd/system/x', 'symlink', 0o777, 0, 0, '/dev/null'],
    [long, 'file', 0o644, 0, 0, 'deep'],
    ['link', 'symlink', 0o777, 0, 0, `/${long}`],
  ]);
});

it('gives every entry the one time', async () => {
  const times = await read(await buffer(tarOf(tree, epoch)), (header) => header.mtime!.getTime() / 1000);
  expect(new Set(times)).toEqual(new Set([epoch]));
});

it('is the same bytes each time, and other bytes for another time', async () => {
  const first = await buffer(tarOf(tree, epoch));
  expect((await buffer(tarOf(tree, epoch))).equals(first)).toBe(true);
  expect((await buffer(tarOf(tree, epoch + 1))).equals(first)).toBe(false);
});

type Header = Parameters<Parameters<ReturnType<typeof extract>['on']>[1]>[0] & { mtime?: Date };

async function read(archive: Buffer, pick?: (header: Header) => unknown): Promise<unknown[]> {
  const unpacked = extract();
  unpacked.end(archive);
  const found: unknown[] = [];
  for await (const entry of unpacked) {
    const { name, type, mode, uid, gid, linkname } = entry.header;
    const content = String(await buffer(entry));
    found.push(pick ? pick(entry.header as Header) : [name, type, mode, uid, gid, linkname ?? content]);
  }
  return found;
}
