import { join } from 'node:path';
import { fileSize, move } from '../host/files.ts';
import { linkFile } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { StageContext } from './context.ts';
import { writeGceTar, writeGzip, writeXz } from './convert-compressed.ts';
import { writeOva } from './convert-ova.ts';
import { qemuFormats, writeQemuImage } from './convert-qemu.ts';
import { writeFacts } from './facts.ts';

/** Writes an image into the scratch folder, and returns its path. */
type Writer = (context: StageContext) => Promise<string>;

/** By format and compression. Each refuses to return what does not give the disk back. */
const writers: { [form: string]: Writer } = {
  ...Object.fromEntries(
    Object.entries(qemuFormats).map(([form, format]): [string, Writer] => [
      form,
      (context) => writeQemuImage(format, context),
    ]),
  ),
  'raw gzip': writeGzip,
  'raw xz': writeXz,
  'ova deflate': writeOva,
  'gce-tar gzip': writeGceTar,
};

/** The raw disk in the form that one platform takes: the same bytes each time, wherever and whenever it is made. */
export async function convertStage(context: StageContext): Promise<void> {
  const { inputs, options, output } = context;
  const disk = join(inputs.disk!, 'disk.raw');
  const image = join(output, 'image');
  const form = `${options.format} ${options.compression}`;
  if (form === 'raw none') {
    await linkFile(disk, image);
    return writeFacts(image);
  }
  const write = writers[form];
  if (!write) throw new IngotError('INTERNAL', `no conversion makes ${form} of a raw disk`);
  assertSize(String(options.format), await fileSize(disk));
  await move(await write(context), image);
  await writeFacts(image);
}

/** Azure's rule for a fixed VHD, and Google Compute Engine's for a disk. */
const units: { [format: string]: [bytes: number, name: string] } = {
  'vhd-fixed': [2 ** 20, 'MiB'],
  'gce-tar': [2 ** 30, 'GiB'],
};

function assertSize(format: string, size: number): void {
  const [bytes, name] = units[format] ?? [512, 'sectors'];
  if (size % bytes === 0) return;
  throw new IngotError('INPUT_INVALID', `disk.raw is ${size} bytes, ${format} needs whole ${name}`, {
    hint: `give the target a disk of whole ${name}`,
  });
}
