import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { writeFiles } from '../../host/fs/write-files.ts';
import { runInside } from '../../host/run/sandbox.ts';
import { withoutFsync } from '../without-fsync.ts';
import type { ConvertJob } from './job.ts';

const program = fileURLToPath(new URL('vmdk.py', import.meta.url));

/**
 * Writes a stream-optimised VMDK, whose grains libdeflate compresses on all processors. qemu-img has zlib,
 * and compresses one grain after the other: that takes more than twice the time, and its files are no
 * smaller. It also leaves up to a grain of zeros at the end where VMware's own writer has one sector of them;
 * of such disks others report that ovftool and Workstation find them unlike an OVA's manifest.
 */
export async function writeVmdk(job: ConvertJob): Promise<void> {
  const { options, disk, extents, driver, file, folder, log } = job;
  const data = extents.filter(({ zero }) => !zero).map(({ start, length }) => [start, start + length]);
  const create = ['create', '-q', '-f', driver, ...options, file, String(disk.size)];
  await writeFiles(folder, { 'vmdk.json': JSON.stringify({ create, parts: disk.parts, data }) });
  const inside = '/inputs/vmdk.py';
  const sandbox = { ...disk.sandbox, inputs: { ...disk.sandbox.inputs, [inside]: program } };
  const command = ['python3', inside, file, String(availableParallelism())];
  await runInside(sandbox, await withoutFsync(folder, command), { log });
}
