import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { build } from '../commands/build.ts';
import { parseGpt, tableBytes } from '../formats/disk/gpt.ts';
import { fileSize, hashFile, repository } from '../host/fs/files.ts';
import { readHead, withReader } from '../host/fs/random-access.ts';
import { createProgress } from '../host/progress.ts';
import { buildDefaultImage } from './support/images.ts';

const out = join(repository, 'out');
const disk = join(out, 'groups.raw');
afterAll(() => rmSync(disk, { force: true }));

test('a delivered disk that was modified is rebuilt with the same bytes', async () => {
  const { lock } = await buildDefaultImage();
  const own = join(out, 'written-into');
  const make = () =>
    build('nanite-server', { target: ['qcow2'], out: own, lock: lock[1] }, createProgress({ json: false }));
  try {
    const [first] = await make();
    appendFileSync(first!.path, 'what a machine wrote');
    const [second] = await make();
    expect(second!.record).toEqual(first!.record);
    expect(await hashFile(second!.path)).toBe(first!.record.sha256);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}, 300_000);

test('the root ends with a whole allocation group, without which a power cut after its growth is its end', async () => {
  const { lock } = await buildDefaultImage();
  const options = { target: ['qcow2'], out, lock: lock[1] };
  const [built] = await build('nanite-server', options, createProgress({ json: false }));
  execFileSync('qemu-img', ['convert', '-O', 'raw', built!.path, disk]);
  const partitions = parseGpt(await readHead(disk, tableBytes), await fileSize(disk), disk);
  const { start } = partitions.find(({ name }) => name === 'root')!;
  const superblock = withReader(disk, (read) => read(start, 512));
  expect(superblock.toString('latin1', 0, 4)).toBe('XFSB');
  // sb_dblocks and sb_agblocks of Linux' xfs_format.h.
  expect(superblock.readBigUInt64BE(8) % BigInt(superblock.readUInt32BE(84))).toBe(0n);
}, 300_000);
