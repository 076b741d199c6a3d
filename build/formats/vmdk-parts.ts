import { assertSignature, type DiskImage, type Patch } from './disk-image.ts';

const sector = 512;
/** Before each grain's data: its sector of the disk, 8 bytes, and the data's length, 4 bytes. */
const markerBytes = 12;

/** Where a hosted sparse VMDK has what; in sectors, which is what the format counts in. */
interface Layout {
  grain: number;
  /** Grains that one table is for. */
  tableGrains: number;
  tables: number;
  /** The redundant directory of tables, and the one that readers look at. */
  directories: number[];
  /** The first grain. */
  grains: number;
}

/** The header of VMware's Virtual Disk Format 5.0, "Hosted Sparse Extent Header". */
function layoutOf({ read }: DiskImage): Layout {
  const header = read(0, sector);
  assertSignature('vmdk', header, 'KDMV');
  const at = (offset: number) => Number(header.readBigUInt64LE(offset));
  const [capacity, grain, tableGrains] = [at(12), at(20), header.readUInt32LE(44)];
  return {
    grain,
    tableGrains,
    tables: Math.ceil(capacity / grain / tableGrains),
    directories: [at(48), at(56)],
    grains: at(64),
  };
}

/**
 * Bytes of the marker that ends the stream, all zero: VMware's Virtual Disk Format 5.0, "Markers". A reader of the stream
 * stops there, so nothing may come after.
 */
export const endOfStream = sector;

/**
 * Where in a VMDK's file its compressed grains begin and end, in bytes. qemu-img leaves zeros behind the last one, up to
 * the size of a grain, and writes the next grain there.
 */
export function grainsOf(image: DiskImage): { begin: number; end: number } {
  const layout = layoutOf(image);
  const begin = layout.grains * sector;
  for (let table = layout.tables - 1; table >= 0; table--) {
    const entry = tableOf(image, layout, table).findLast((sectors) => sectors > 0);
    if (!entry) continue;
    const size = image.read(entry * sector + 8, 4).readUInt32LE(0);
    return { begin, end: (entry + Math.ceil((markerBytes + size) / sector)) * sector };
  }
  return { begin, end: begin };
}

/**
 * What makes the grains of `part`, copied into `whole` at byte `offset`, those of the disk from byte `start` on:
 * entries of both grain tables, and the grains' own markers. A part is whole grain tables of the disk.
 */
export function graftPatches(
  whole: DiskImage,
  part: DiskImage,
  { start, offset }: { start: number; offset: number },
): Patch[] {
  const [into, from] = [layoutOf(whole), layoutOf(part)];
  const shift = offset / sector - from.grains;
  const first = start / sector / into.grain / into.tableGrains;
  const patches: Patch[] = [];
  for (let table = 0; table < from.tables; table++) {
    const entries = tableOf(part, from, table);
    for (const directory of into.directories) {
      const bytes = Buffer.alloc(entries.length * 4);
      entries.forEach((entry, index) => {
        bytes.writeUInt32LE(entry && entry + shift, index * 4);
      });
      patches.push({ offset: tableOffset(whole, directory, first + table), bytes });
    }
    entries.forEach((entry, index) => {
      if (!entry) return;
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(start / sector + (table * from.tableGrains + index) * from.grain));
      patches.push({ offset: (entry + shift) * sector, bytes });
    });
  }
  return patches;
}

/** Sectors of a table's grains; zero for a grain that is not there. */
function tableOf(image: DiskImage, { tableGrains, directories }: Layout, table: number): number[] {
  const bytes = image.read(tableOffset(image, directories[1]!, table), tableGrains * 4);
  return Array.from({ length: tableGrains }, (_, index) => bytes.readUInt32LE(index * 4));
}

function tableOffset({ read }: DiskImage, directory: number, table: number): number {
  return read(directory * sector + table * 4, 4).readUInt32LE(0) * sector;
}
