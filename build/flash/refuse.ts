import { formatBytes } from '../formats/text/size.ts';
import { IngotError } from '../model/errors.ts';
import type { Compression, Format } from '../model/target.ts';
import type { BlockDevice } from './devices.ts';

/** Refuses a finished file whose bytes are not those of a disk. */
export function assertWritable({
  file,
  format,
  compression,
}: {
  file: string;
  format: Format;
  compression: Compression;
}): void {
  // What is compressed in an ISO is its file system.
  if (format === 'iso' || (format === 'raw' && compression === 'none')) return;
  const kind = format === 'raw' ? `raw.${compression}` : format;
  throw new IngotError(
    'INPUT_INVALID',
    `${file} is ${kind}, and on a stick or disk no machine would boot from it`,
    { hint: 'take the target iso for a stick, or raw for a disk' },
  );
}

/** Refuses a device that an image of so many bytes cannot or must not be written to. */
export function assertTakes(device: BlockDevice, bytes: number): void {
  const refuse = (why: string, hint: string): never => {
    throw new IngotError('DEVICE_REFUSED', `${device.path} ${why}; nothing was written`, { hint });
  };
  if (device.system)
    refuse(
      'has the system that is running',
      'name another device; without --device all that may be written are listed',
    );
  if (device.uses.length)
    refuse(
      `is in use (${device.uses.join(', ')})`,
      'end that first: umount what is mounted, and close what is made of it, such as a volume group',
    );
  if (device.readOnly)
    refuse('is read-only', 'cards have a switch for it; a stick that became read-only is worn out');
  if (device.size < bytes)
    refuse(`has ${formatBytes(device.size)}, and the image needs ${formatBytes(bytes)}`, 'take a larger one');
}
