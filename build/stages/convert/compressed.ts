import { join } from 'node:path';
import { runInside } from '../../host/run/sandbox.ts';
import type { StageContext } from '../context.ts';
import type { WholeDisk } from './whole-disk.ts';

/**
 * The disk as one xz file of blocks of a fixed size, so that all processors work at it and their number does
 * not show. Weights and file systems full of compressed files hardly get smaller at a higher level, which
 * takes far longer.
 */
export async function writeXz(disk: WholeDisk, context: StageContext) {
  return compress(disk, context, {
    file: 'disk.raw.xz',
    write: 'xz -1 --check=crc64 --threads=0 --no-adjust --block-size=16MiB --stdout disk.raw > "$1"',
    read: 'xz --threads=0 --decompress --stdout "$1"',
  });
}

/** The disk as one gzip file. A higher level takes twice the time for a hundredth of the size. */
export async function writeGzip(disk: WholeDisk, context: StageContext) {
  return compress(disk, context, {
    file: 'disk.raw.gz',
    write: 'gzip --no-name -6 --stdout disk.raw > "$1"',
    read: 'gzip --decompress --stdout "$1"',
  });
}

/**
 * The one archive that Google Compute Engine imports: `disk.raw`, sparse, in old GNU format, by gzip. Holes
 * are where the disk is zero, not where the file system happens to have none of its blocks.
 */
export async function writeGceTar(disk: WholeDisk, context: StageContext) {
  return compress(disk, context, {
    file: 'disk.tar.gz',
    write: `tar --create --file="$1" --use-compress-program='gzip --no-name -6' --format=oldgnu --sparse \\
  --hole-detection=raw --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=0644 disk.raw`,
    read: 'tar --extract --file="$1" --gzip --to-stdout disk.raw',
  });
}

/**
 * Writes a file of `disk.raw`, all of the disk, and reads it back against that. It is sparse, for tar looks
 * for no holes in a file that takes all its space.
 */
async function compress(
  disk: WholeDisk,
  context: StageContext,
  { file, write, read }: { file: string; write: string; read: string },
): Promise<{ path: string }> {
  const gather = `qemu-img convert -f ${disk.driver} -O raw ${disk.file} disk.raw`;
  const script = `${gather}\n${write}\n${read} | cmp - disk.raw\nrm disk.raw`;
  const command = ['bash', '-euo', 'pipefail', '-c', script, 'compress', file];
  await runInside(disk.sandbox, command, { log: context.log });
  return { path: join(context.scratch, file) };
}
