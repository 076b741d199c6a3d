import { crc32 } from 'node:zlib';
import { IngotError } from '../../model/errors.ts';

export interface Partition {
  /** GUID of the type, in lower case. */
  type: string;
  uuid: string;
  /** The label that the table has for it. */
  name: string;
  /** In bytes from the beginning of the disk. */
  start: number;
  /** In bytes. */
  size: number;
}

export const sectorBytes = 512;
/** How much of a disk holds its partition table, in bytes. */
export const tableBytes = 1024 * 1024;

/** What a partition is for, by the GUID of its type. */
export const partitionTypes: { [guid: string]: string } = {
  'c12a7328-f81f-11d2-ba4b-00a0c93ec93b': 'esp',
  '21686148-6449-6e6f-744e-656564454649': 'bios-boot',
  '4f68bce3-e8cd-4db1-96e7-fbcaf984b709': 'root',
  '8484680c-9521-48c6-9c11-b0720656f69e': 'usr',
  '0657fd6d-a4ab-43c4-84e5-0933c84b4f4f': 'swap',
  '0fc63daf-8483-4772-8e79-3d69d8477de4': 'linux',
};

const mostEntries = 1024;

/**
 * The partitions of a disk, from its first `tableBytes` and its size; refuses a table that does not agree
 * with itself.
 */
export function parseGpt(head: Buffer, diskBytes: number, what: string): Partition[] {
  const refuse = (reason: string): never => {
    throw new IngotError('INPUT_INVALID', `partition table of ${what}: ${reason}`, {
      hint: 'the file is damaged or not a disk with a GPT; get it again or build it again',
    });
  };
  if (head.length < 2 * sectorBytes) return refuse(`there are only ${head.length} bytes`);
  const header = head.subarray(sectorBytes, 2 * sectorBytes);
  if (header.toString('latin1', 0, 8) !== 'EFI PART') return refuse('no GPT at byte 512');
  const headerBytes = header.readUInt32LE(12);
  if (headerBytes < 92 || headerBytes > sectorBytes) return refuse(`its header has ${headerBytes} bytes`);
  const unsigned = Buffer.from(header.subarray(0, headerBytes));
  unsigned.writeUInt32LE(0, 16);
  if (crc32(unsigned) !== header.readUInt32LE(16)) return refuse('the checksum of its header is wrong');
  const sectors = BigInt(Math.floor(diskBytes / sectorBytes));
  const [first, last] = [header.readBigUInt64LE(40), header.readBigUInt64LE(48)];
  if (header.readBigUInt64LE(24) !== 1n) return refuse('its header is for another place');
  if (first > last || last >= sectors) return refuse(`it is for a disk of more than ${diskBytes} bytes`);
  const [at, count, width] = [
    header.readBigUInt64LE(72),
    header.readUInt32LE(80),
    header.readUInt32LE(84),
  ] as const;
  if (count > mostEntries || width < 128 || width > 4096 || width % 128)
    return refuse(`it has ${count} entries of ${width} bytes`);
  const start = at * BigInt(sectorBytes);
  if (at < 2n || start + BigInt(count * width) > BigInt(head.length))
    return refuse(`its entries are at sector ${at}`);
  const entries = head.subarray(Number(start), Number(start) + count * width);
  if (crc32(entries) !== header.readUInt32LE(88)) return refuse('the checksum of its entries is wrong');
  const found: Partition[] = [];
  for (let entry = 0; entry < count; entry++) {
    const bytes = entries.subarray(entry * width, (entry + 1) * width);
    const type = guid(bytes.subarray(0, 16));
    if (/^[0-]*$/.test(type)) continue;
    const [from, to] = [bytes.readBigUInt64LE(32), bytes.readBigUInt64LE(40)];
    if (from < first || to > last || from > to)
      return refuse(`partition ${entry + 1} is from sector ${from} to ${to}, not within ${first} to ${last}`);
    found.push({
      type,
      uuid: guid(bytes.subarray(16, 32)),
      name: bytes.toString('utf16le', 56, 128).replace(/\0.*$/su, ''),
      start: Number(from) * sectorBytes,
      size: Number(to - from + 1n) * sectorBytes,
    });
  }
  const inOrder = found.toSorted((a, b) => a.start - b.start);
  const over = inOrder.find(
    (part, index) => part.start + part.size > (inOrder[index + 1]?.start ?? Infinity),
  );
  if (over) return refuse(`the partition at byte ${over.start} reaches into the next one`);
  return found;
}

/** The first three groups are little-endian. */
function guid(bytes: Buffer): string {
  const groups = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)];
  const swapped = groups.map((group) => Buffer.from(group).reverse().toString('hex'));
  return [...swapped, bytes.toString('hex', 8, 10), bytes.toString('hex', 10, 16)].join('-');
}
