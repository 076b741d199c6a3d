import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dataRanges, type Range } from '../formats/data-ranges.ts';
import { endOfStream, graftPatches, grainsOf } from '../formats/vmdk-parts.ts';
import { mapLimited } from '../host/files.ts';
import { moveTail } from '../host/move-tail.ts';
import { endFile, lookInto, patchFile } from '../host/patch-file.ts';
import { type ConvertJob, windowOf } from './convert-job.ts';

/** What one process compresses at a time: whole grain tables, of 32 MiB each, with about as much data. */
const part = { unit: 2 ** 25, share: 2 ** 26 };

/**
 * A stream-optimised VMDK, but for its end byte for byte what one `qemu-img convert` writes, which compresses on one
 * processor for half a minute. qemu-img leaves up to a grain of zeros where VMware's own writer ends with one sector of
 * them; of such disks others report that ovftool and Workstation find them unlike an OVA's manifest. Here each part of
 * the disk is a VMDK of its own for a while, as many at once as there are processors.
 */
export async function writeVmdk(job: ConvertJob): Promise<void> {
  await job.qemuImg('create', '-f', 'vmdk', ...job.create, job.file, String(job.disk.size));
  let end = Promise.resolve(lookInto(join(job.folder, job.file), grainsOf).end);
  await mapLimited(dataRanges(job.extents, part), availableParallelism(), (range) => {
    const before = end;
    // Made side by side, they join in the disk's order.
    end = makePart(job, range).then(async (made) =>
      joinPart(job, made, { start: range.start, offset: await before }),
    );
    return end;
  });
  endFile(join(job.folder, job.file), await end, endOfStream);
}

async function makePart({ qemuImg, disk, create }: ConvertJob, range: Range): Promise<string> {
  const name = `part-${range.start}.vmdk`;
  const region = windowOf(disk, range, disk.size);
  await qemuImg('convert', '--image-opts', '-O', 'vmdk', ...create, region, name);
  return name;
}

/** Puts a part's grains at byte `offset`, and returns where they end there. */
async function joinPart(
  { folder, file }: ConvertJob,
  name: string,
  place: { start: number; offset: number },
): Promise<number> {
  const [whole, part] = [join(folder, file), join(folder, name)];
  const { begin, end } = lookInto(part, grainsOf);
  const patches = lookInto(whole, (into) => lookInto(part, (from) => graftPatches(into, from, place)));
  await moveTail({ path: part, offset: begin }, { path: whole, offset: place.offset });
  patchFile(whole, () => patches);
  return place.offset + end - begin;
}
