import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Partition } from '../formats/disk/gpt.ts';
import type { Piece } from '../formats/disk/power-cut.ts';
import { repository } from '../host/fs/files.ts';
import { replay } from '../host/fs/random-access.ts';
import { runInside } from '../host/run/sandbox.ts';

/** The loader's entries: name and content. */
export type Entries = { [name: string]: string };

interface Disk {
  /** Path of the ESP's content before anything was written. */
  before: string;
  /** Where on the disk it is. */
  esp: Partition;
  /** Path of QEMU's log of what was written to the disk. */
  writes: string;
  tools: string;
  /** A folder for nothing else. */
  work: string;
}

/**
 * The entries of a disk to which these pieces were written: as firmware finds them, and as a start then
 * leaves them.
 */
export async function entriesAfter(
  pieces: Piece[],
  { before, esp, writes, tools, work }: Disk,
): Promise<{ found: Entries; left: Entries }> {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  const part = join(work, 'esp');
  execFileSync('cp', ['--sparse=always', before, part]);
  const there = pieces.filter(({ offset }) => offset >= esp.start && offset < esp.start + esp.size);
  replay(
    writes,
    part,
    there.map((piece) => ({ ...piece, offset: piece.offset - esp.start })),
  );
  const tidy = readFileSync(join(repository, 'overlays/disk/usr/libexec/ingot/tidy-entries'), 'utf8');
  writeFileSync(join(work, 'tidy'), tidy.replaceAll('/efi/', '/scratch/left/'));
  await runInside({ tools, work, sourceDateEpoch: 1 }, ['sh', '-uc', start]);
  return { found: entriesIn(join(work, 'found')), left: entriesIn(join(work, 'left')) };
}

/** What a start does with the ESP; mtools stand in for the kernel's FAT, which is not on every machine. */
const start = `
export MTOOLS_SKIP_CHECK=1
mkdir -p found/loader/entries left/loader/entries
mcopy -n -i esp '::loader/entries/*' found/loader/entries/
fsck.fat -a esp > fsck.log
mcopy -n -i esp '::loader/entries/*' left/loader/entries/
sh tidy`;

function entriesIn(folder: string): Entries {
  const entries = join(folder, 'loader/entries');
  return Object.fromEntries(
    readdirSync(entries).map((name) => [name, readFileSync(join(entries, name), 'utf8')]),
  );
}
