import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dataRanges } from '../../formats/disk/data-ranges.ts';
import type { Canonicalise, Identity } from '../../formats/disk/disk-image.ts';
import { formatRows } from '../../formats/disk/formats.ts';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { sync } from '../../host/fs/atomic.ts';
import { mapLimited } from '../../host/fs/files.ts';
import { patchFile } from '../../host/fs/random-access.ts';
import { runInside } from '../../host/run/sandbox.ts';
import { IngotError } from '../../model/errors.ts';
import type { StageContext } from '../context.ts';
import { type Digest, digestOf } from '../stage-output.ts';
import { withoutFsync } from '../without-fsync.ts';
import { type ConvertJob, windowOf } from './job.ts';
import { writeVmdk } from './vmdk.ts';
import { extentsOf, type WholeDisk } from './whole-disk.ts';

/** A row of the table of formats, as its conversion needs it. */
export interface QemuFormat {
  driver: string;
  options: string[];
  checkable: boolean;
  canonicalise?: Canonicalise;
}

/**
 * What writes a format in place of one `qemu-img convert`, unless the stage's option `writer` is `qemu-img`.
 */
const parallelWriters: { [driver: string]: (job: ConvertJob) => Promise<void> } = { vmdk: writeVmdk };

/** By format and compression. */
export const qemuFormats: { [form: string]: QemuFormat } = Object.fromEntries(
  Object.entries(formatRows).flatMap(([name, { driver, compression, qemuImg }]) =>
    driver && qemuImg ? [[`${name} ${compression}`, { driver, ...qemuImg }]] : [],
  ),
);

/** Writes the disk in this format, replaces what chance and the clock leave in it, and reads it back. */
export async function writeQemuImage(
  format: QemuFormat,
  disk: WholeDisk,
  context: StageContext,
): Promise<{ path: string; facts: Digest }> {
  const { scratch, log, sourceDateEpoch } = context;
  const { identity: content, writer } = context.options;
  const { driver, options } = format;
  // A VMDK holds its own name, so the name is always the same.
  const file = `disk.${driver}`;
  const program = await withoutFsync(scratch, ['qemu-img']);
  const qemuImg = (...command: string[]) => runInside(disk.sandbox, [...program, ...command], { log });
  const extents = await extentsOf(disk, log);
  const job = { log, qemuImg, disk, extents, folder: scratch, file, driver, options };
  const write = writer === 'qemu-img' ? convertAlone : (parallelWriters[driver] ?? convertAlone);
  await write(job);
  const identity = { sha256: sha256([content, driver, options]), sourceDateEpoch };
  return { path: join(scratch, file), facts: await finish(format, job, identity) };
}

/** Never with `-W`, which writes in an order that differs each time. */
async function convertAlone({ qemuImg, disk, driver, options, file }: ConvertJob): Promise<void> {
  await qemuImg('convert', '-f', disk.driver, '-O', driver, ...options, disk.file, file);
}

/** Makes an image canonical, and reads it back, for its hash at the same time. */
async function finish(
  { canonicalise, checkable }: QemuFormat,
  job: ConvertJob,
  identity: Identity,
): Promise<Digest> {
  const { qemuImg, folder, file, driver } = job;
  const path = join(folder, file);
  if (canonicalise) patchFile(path, (image) => canonicalise(image, identity));
  let facts: Digest | undefined;
  const hash = async () => {
    facts = await digestOf(path);
  };
  const check = async () => {
    if (checkable) await qemuImg('check', '-f', driver, file);
  };
  // It is handed out next, and must be on the disk by then.
  await mapLimited([hash, check, () => compare(job), () => sync(path)], 4, (work) => work());
  return facts!;
}

/**
 * Refuses an image that does not give the disk back. A comparison does not keep one processor busy, for it
 * reads and unpacks by turns; in twice as many parts as are compared at once, none waits for long.
 */
async function compare({ disk, extents, file, driver, log }: ConvertJob): Promise<void> {
  const data = extents.reduce((sum, { zero, length }) => sum + (zero ? 0 : length), 0);
  const atOnce = 2 * availableParallelism();
  const share = Math.ceil(data / atOnce / 2);
  const ranges = dataRanges(extents, { unit: 2 ** 20, share });
  const parts = ranges.map((range) =>
    [disk, { file, driver }].map((image) => windowOf(image, range, disk.size)),
  );
  const parallel = ['xargs', '--null', '--no-run-if-empty', '--max-args=2', `--max-procs=${atOnce}`];
  const command = [...parallel, 'qemu-img', 'compare', '--image-opts'];
  const compared = await runInside(disk.sandbox, command, { log, input: parts.flat().join('\0') });
  // It compares zeros with the end of the shorter disk, and only says so.
  if (compared !== 'Images are identical.\n'.repeat(parts.length))
    throw new IngotError(
      'COMMAND_FAILED',
      `the ${driver} image does not have the disk's content: ${compared}`,
    );
}
