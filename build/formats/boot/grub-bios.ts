const sectorBytes = 512;
/** Bytes of the first sector before the partition table. */
const codeBytes = 440;
/** Segment that GRUB's first sector is loaded to, in paragraphs. */
const loadSegment = 0x0820;

/**
 * GRUB's two images for a disk whose first partition holds the second of them. What grub-bios-setup would
 * write on a block device, worked out for a file: boot.img gets the sector of core.img, and core.img's own
 * first sector gets the place of the rest of it. Offsets are those of GRUB's boot.S and diskboot.S.
 *
 * @param images contents of boot.img and of core.img, as GRUB ships and makes them
 * @param startSector sector of the partition
 * @param partitionBytes size of the partition; core.img is filled up to it
 * @returns the code for the disk's first sector, and the partition's content
 * @throws when core.img does not fit
 */
export function placeGrub(
  images: { boot: Buffer; core: Buffer },
  { startSector, partitionBytes }: { startSector: number; partitionBytes: number },
): { code: Buffer; partition: Buffer } {
  if (images.core.length > partitionBytes)
    throw new Error(`GRUB's core image has ${images.core.length} bytes, its partition ${partitionBytes}`);
  const code = Buffer.from(images.boot.subarray(0, codeBytes));
  code.writeBigUInt64LE(BigInt(startSector), 0x5c);
  // Two no-operations instead of a jump: some BIOSes do not say which drive they started from.
  code.writeUInt16LE(0x9090, 0x66);

  const partition = Buffer.alloc(partitionBytes);
  images.core.copy(partition);
  const sectors = Math.ceil(images.core.length / sectorBytes);
  // The last entry of the block list in the first sector: where, how many sectors, to which segment.
  partition.writeBigUInt64LE(BigInt(startSector + 1), 0x1f4);
  partition.writeUInt16LE(sectors - 1, 0x1fc);
  partition.writeUInt16LE(loadSegment, 0x1fe);
  return { code, partition };
}
