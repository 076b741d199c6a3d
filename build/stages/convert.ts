import { join } from 'node:path';
import { unitOf } from '../formats/disk/formats.ts';
import { move } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';
import type { Format } from '../model/target.ts';
import type { StageContext } from './context.ts';
import { writeGceTar, writeGzip, writeXz } from './convert/compressed.ts';
import { writeOva } from './convert/ova.ts';
import { qemuFormats, writeQemuImage } from './convert/qemu.ts';
import { writeRaw } from './convert/raw.ts';
import { assertModels, openWholeDisk, type WholeDisk } from './convert/whole-disk.ts';
import { type Digest, finishImage, imageName } from './stage-output.ts';

/**
 * Writes an image into the scratch folder, and returns its path; with its facts, where they are known by the
 * way.
 */
type Writer = (disk: WholeDisk, context: StageContext) => Promise<{ path: string; facts?: Digest }>;

/** By format and compression. Each refuses to return what does not give the disk back. */
const writers: { [form: string]: Writer } = {
  ...Object.fromEntries(
    Object.entries(qemuFormats).map(([form, format]): [string, Writer] => [
      form,
      (disk, context) => writeQemuImage(format, disk, context),
    ]),
  ),
  'raw none': writeRaw,
  'raw gzip': writeGzip,
  'raw xz': writeXz,
  'ova deflate': writeOva,
  'gce-tar gzip': writeGceTar,
};

/**
 * The raw disk in the form that one platform takes: the same bytes each time, wherever and whenever it is
 * made.
 */
export async function convertStage(context: StageContext): Promise<void> {
  const { options, output, sourceDateEpoch } = context;
  const form = `${options.format} ${options.compression}`;
  const write = writers[form];
  if (!write) throw new IngotError('INTERNAL', `no conversion makes ${form} of a raw disk`);
  const disk = await openWholeDisk(context);
  assertSize(options.format as Format, disk.size);
  // Read beside all else; an image of other models is not kept.
  const intact = assertModels(context, disk);
  intact.catch(() => {});
  const { path, facts } = await write(disk, context);
  await intact;
  const image = join(output, imageName);
  await move(path, image);
  await finishImage(image, sourceDateEpoch, facts);
}

function assertSize(format: Format, size: number): void {
  const [bytes, name] = unitOf(format);
  if (size % bytes === 0) return;
  throw new IngotError('INPUT_INVALID', `disk.raw is ${size} bytes, ${format} needs whole ${name}`, {
    hint: `give the target a disk of whole ${name}`,
  });
}
