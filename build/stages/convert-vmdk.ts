import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { endOfStream, graftPatches, grainsOf } from '../formats/vmdk-parts.ts';
import { mapLimited } from '../host/files.ts';
import { moveTail } from '../host/move-tail.ts';
import { endFile, lookInto, patchFile } from '../host/patch-file.ts';

/** Bytes of the disk that one process compresses at a time: whole grain tables, which are for 32 MiB each. */
const partBytes = 2 ** 28;

export interface VmdkJob {
  /** Runs qemu-img in `folder`. */
  qemuImg(...command: string[]): Promise<string>;
  folder: string;
  /** Name of the VMDK in `folder`. */
  file: string;
  /** The raw disk as qemu-img sees it, and its size in bytes. */
  raw: string;
  size: number;
  /** Arguments that make a stream-optimised VMDK. */
  create: string[];
}

/**
 * A stream-optimised VMDK, but for its end byte for byte what one `qemu-img convert` writes, which compresses on one
 * processor for half a minute. qemu-img leaves up to a grain of zeros where VMware's own writer ends with one sector of
 * them; of such disks others report that ovftool and Workstation find them unlike an OVA's manifest. Here each part of
 * the disk is a VMDK of its own for a while, as many at once as there are processors.
 */
export async function writeVmdk(job: VmdkJob): Promise<void> {
  await job.qemuImg('create', '-f', 'vmdk', ...job.create, job.file, String(job.size));
  const starts = Array.from({ length: Math.ceil(job.size / partBytes) }, (_, index) => index * partBytes);
  let end = Promise.resolve(lookInto(join(job.folder, job.file), grainsOf).end);
  await mapLimited(starts, availableParallelism(), (start) => {
    const before = end;
    // Made side by side, they join in the disk's order.
    end = makePart(job, start).then(async (part) => joinPart(job, part, { start, offset: await before }));
    return end;
  });
  endFile(join(job.folder, job.file), await end, endOfStream);
}

async function makePart({ qemuImg, raw, size, create }: VmdkJob, start: number): Promise<string> {
  const part = `part-${start}.vmdk`;
  const region = `driver=raw,offset=${start},size=${Math.min(partBytes, size - start)},file.filename=${raw}`;
  await qemuImg('convert', '--image-opts', '-O', 'vmdk', ...create, region, part);
  return part;
}

/** Puts a part's grains at byte `offset`, and returns where they end there. */
async function joinPart(
  { folder, file }: VmdkJob,
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
