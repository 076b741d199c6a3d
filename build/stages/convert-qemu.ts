import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../formats/canonical-json.ts';
import { dataRanges } from '../formats/data-ranges.ts';
import type { Canonicalise } from '../formats/disk-image.ts';
import { canonicalVdi } from '../formats/vdi.ts';
import { canonicalVhd } from '../formats/vhd.ts';
import { canonicalVhdx } from '../formats/vhdx.ts';
import { canonicalVmdk } from '../formats/vmdk.ts';
import { mapLimited } from '../host/files.ts';
import { patchFile } from '../host/patch-file.ts';
import { runInside } from '../host/sandbox.ts';
import { IngotError } from '../model/errors.ts';
import type { StageContext } from './context.ts';
import { type ConvertJob, windowOf } from './convert-job.ts';
import { writeQcow2 } from './convert-qcow2.ts';
import { writeVmdk } from './convert-vmdk.ts';
import { type Facts, factsOf } from './facts.ts';
import { extentsOf, type WholeDisk } from './whole-disk.ts';

/** A format that qemu-img writes. */
export interface QemuFormat {
  /** What qemu-img calls it. */
  driver: string;
  /** Arguments of `qemu-img convert` or, with `write`, `qemu-img create`. */
  create: string[];
  /** Whether `qemu-img check` knows the format. */
  checkable: boolean;
  /** Absent where qemu-img leaves nothing to chance. */
  canonicalise?: Canonicalise;
  /** In place of one `qemu-img convert`. */
  write?: (job: ConvertJob) => Promise<void>;
}

/**
 * By format and compression. Never with `-W`, which writes in an order that differs each time. A VHD gets the disk's
 * size in bytes, not one that its cylinders and heads can express.
 */
export const qemuFormats: { [form: string]: QemuFormat } = {
  'qcow2 zstd': {
    driver: 'qcow2',
    create: ['-o', 'compression_type=zstd,cluster_size=65536'],
    checkable: true,
    write: writeQcow2,
  },
  'vmdk deflate': {
    driver: 'vmdk',
    // A disk that calls itself IDE, which is the default, is not what ESXi expects.
    create: ['-o', 'subformat=streamOptimized,adapter_type=lsilogic'],
    checkable: true,
    canonicalise: canonicalVmdk,
    write: writeVmdk,
  },
  'vdi none': { driver: 'vdi', create: [], checkable: true, canonicalise: canonicalVdi },
  'vhd none': {
    driver: 'vpc',
    create: ['-o', 'subformat=dynamic,force_size=on'],
    checkable: false,
    canonicalise: canonicalVhd,
  },
  'vhd-fixed none': {
    driver: 'vpc',
    create: ['-o', 'subformat=fixed,force_size=on'],
    checkable: false,
    canonicalise: canonicalVhd,
  },
  'vhdx none': {
    driver: 'vhdx',
    create: ['-o', 'subformat=dynamic'],
    checkable: true,
    canonicalise: canonicalVhdx,
  },
};

/** Converts the disk, makes the image canonical, and reads it back, for its hash at the same time. */
export async function writeQemuImage(
  format: QemuFormat,
  disk: WholeDisk,
  context: StageContext,
): Promise<{ path: string; facts: Facts }> {
  const { options, scratch, log, sourceDateEpoch } = context;
  const { driver, create, canonicalise, write } = format;
  // A VMDK holds its own name, so the name is always the same.
  const file = `disk.${driver}`;
  const qemuImg = (...command: string[]) => runInside(disk.sandbox, ['qemu-img', ...command], { log });
  const job = {
    log,
    qemuImg,
    disk,
    extents: await extentsOf(disk, log),
    folder: scratch,
    file,
    driver,
    create,
  };
  if (write) await write(job);
  else await qemuImg('convert', '-f', disk.driver, '-O', driver, ...create, disk.file, file);
  if (canonicalise) {
    const identity = { sha256: sha256([options.identity, driver, create]), sourceDateEpoch };
    patchFile(join(scratch, file), (image) => canonicalise(image, identity));
  }
  if (format.checkable) await qemuImg('check', '-f', driver, file);
  const path = join(scratch, file);
  let facts: Facts | undefined;
  const hash = async () => {
    facts = await factsOf(path);
  };
  await mapLimited([hash, ...comparisons(job)], availableParallelism(), (work) => work());
  return { path, facts: facts! };
}

/** Each refuses an image that does not give its part of the disk back; more than processors, so that none waits for long. */
function comparisons({ qemuImg, disk, extents, file, driver }: ConvertJob): (() => Promise<void>)[] {
  const data = extents.reduce((sum, { zero, length }) => sum + (zero ? 0 : length), 0);
  const share = Math.ceil(data / availableParallelism() / 3);
  return dataRanges(extents, { unit: 2 ** 20, share }).map((range) => async () => {
    const [one, two] = [windowOf(disk, range, disk.size), windowOf({ file, driver }, range, disk.size)];
    // It compares zeros with the end of the shorter disk, and only says so.
    const compared = await qemuImg('compare', '--image-opts', one, two);
    if (compared !== 'Images are identical.\n')
      throw new IngotError('COMMAND_FAILED', `the disk's ${driver} image does not give it back: ${compared}`);
  });
}
