import { join } from 'node:path';
import { placeGrub } from '../formats/boot/grub-bios.ts';
import { readBytes } from '../host/fs/files.ts';

const mebibyte = 2 ** 20;
/** GRUB's partition is the first, behind the MiB that the partition table has. */
export const grubPlace = { startSector: mebibyte / 512, partitionBytes: mebibyte };

/**
 * What make-grub.sh left in a folder, made to find its parts: the code of the disk's first sector, and the
 * content of GRUB's partition.
 */
export async function placedGrub(folder: string): Promise<{ code: Buffer; partition: Buffer }> {
  const [boot, core] = await Promise.all(
    ['boot.img', 'grub.img'].map((name) => readBytes(join(folder, name))),
  );
  return placeGrub({ boot: boot!, core: core! }, grubPlace);
}
