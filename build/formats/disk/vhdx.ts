import {
  assertSignature,
  type Canonicalise,
  type DiskImage,
  damaged,
  guidBytes,
  idOf,
} from './disk-image.ts';

const headerOffsets = [0x10000, 0x20000];
const regionTableOffsets = [0x30000, 0x40000];
const tableBytes = 0x10000;
const blockAllocationRegion = '2dc27766-f623-4200-9d64-115e9bfd4a08';
const metadataRegion = '8b7ca206-4790-4b9a-b8fe-575f050f886e';
const page83Data = 'beca12ab-b2e6-4523-93ef-c309e000c746';

/**
 * What chance and the clock leave in a VHDX ([MS-VHDX] 2.2 and 2.6): sequence numbers and write ids of the
 * two headers, with their checksums; what was in the log, which is empty but not wiped; and the disk's own
 * id, which SCSI inquiries of page 83 answer. Also what qemu-img leaves out of the two region tables.
 */
export const canonicalVhdx: Canonicalise = (image, identity) => {
  const headers = headerOffsets.map((offset) => image.read(offset, 4096));
  for (const header of headers) assertSignature('vhdx', header, 'head');
  const current = headers.reduce((a, b) => (a.readBigUInt64LE(8) > b.readBigUInt64LE(8) ? a : b));
  if (!current.subarray(48, 64).equals(Buffer.alloc(16))) throw damaged('vhdx', 'its log has to be replayed');
  const log = { length: current.readUInt32LE(68), offset: Number(current.readBigUInt64LE(72)) };
  const patches = headerOffsets.map((offset, index) => {
    const bytes = Buffer.from(current);
    bytes.writeBigUInt64LE(BigInt(index + 1), 8);
    guidBytes(idOf(identity, 'file-write')).copy(bytes, 16);
    guidBytes(idOf(identity, 'data-write')).copy(bytes, 32);
    bytes.writeUInt32LE(crc32c(bytes.fill(0, 4, 8)), 4);
    return { offset, bytes };
  });
  return [
    ...patches,
    { offset: log.offset, bytes: Buffer.alloc(log.length) },
    ...regionTableOffsets.map((offset) => ({ offset, bytes: requiredRegions(image, offset) })),
    { offset: page83Offset(image), bytes: guidBytes(idOf(identity, 'page-83')) },
  ];
};

/**
 * A region table that marks both of the regions that every VHDX has as required (2.2.3.2). qemu-img does not,
 * and VirtualBox refuses such a file.
 */
function requiredRegions(image: DiskImage, offset: number): Buffer {
  const table = Buffer.from(regionTable(image, offset));
  for (const guid of [blockAllocationRegion, metadataRegion]) regionOf(table, guid).writeUInt32LE(1, 28);
  table.writeUInt32LE(crc32c(table.fill(0, 4, 8)), 4);
  return table;
}

function regionTable(image: DiskImage, offset: number): Buffer {
  const table = image.read(offset, tableBytes);
  assertSignature('vhdx', table, 'regi');
  return table;
}

function regionOf(table: Buffer, guid: string): Buffer {
  return entryOf(table, { guid, first: 16, count: table.readUInt32LE(8) });
}

function page83Offset(image: DiskImage): number {
  const region = regionOf(regionTable(image, regionTableOffsets[0]!), metadataRegion);
  const start = Number(region.readBigUInt64LE(16));
  const metadata = image.read(start, tableBytes);
  assertSignature('vhdx', metadata, 'metadata');
  const item = entryOf(metadata, { guid: page83Data, first: 32, count: metadata.readUInt16LE(10) });
  return start + item.readUInt32LE(16);
}

/** Both tables are of entries of 32 bytes that begin with a GUID. */
function entryOf(
  table: Buffer,
  { guid, first, count }: { guid: string; first: number; count: number },
): Buffer {
  const entries = Array.from({ length: count }, (_, n) =>
    table.subarray(first + n * 32, first + n * 32 + 32),
  );
  const found = entries.find((entry) => entry.subarray(0, 16).equals(guidBytes(guid)));
  if (!found) throw damaged('vhdx', `it has no entry ${guid}`);
  return found;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** CRC-32C (Castagnoli, RFC 3720), which VHDX protects its headers with. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}
