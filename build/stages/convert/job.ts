import type { Extent, Range } from '../../formats/disk/data-ranges.ts';
import type { WholeDisk } from './whole-disk.ts';

/** One image to write and to read back. */
export interface ConvertJob {
  /** Where the output of its tools goes. */
  log: string;
  /** Runs qemu-img in `folder`, beside the disk. */
  qemuImg(...command: string[]): Promise<string>;
  folder: string;
  disk: WholeDisk;
  /** Where the disk has data. */
  extents: Extent[];
  /** The image's name in `folder`, and QEMU's of its format. */
  file: string;
  driver: string;
  /** As the format's. */
  options: string[];
}

/** A part of an image, in QEMU's words; the last goes to the image's own end. */
export function windowOf(
  image: { file: string; driver: string },
  { start, end }: Range,
  size: number,
): string {
  const length = end < size ? `,size=${end - start}` : '';
  return `driver=raw,offset=${start}${length},file.driver=${image.driver},file.file.filename=${image.file}`;
}
