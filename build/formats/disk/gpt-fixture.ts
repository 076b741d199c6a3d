import { crc32 } from 'node:zlib';
import { type Partition, sectorBytes } from './gpt.ts';

/** The disk that `gptHead` describes, in bytes. */
export const gptDiskBytes = 64 * 1024 * 1024;

/** The first bytes of a disk of 64 MiB with these partitions, checksums and all. */
export function gptHead(partitions: Omit<Partition, 'uuid'>[]): Buffer {
  const head = Buffer.alloc(34 * sectorBytes);
  head.write('EFI PART', sectorBytes);
  const header = head.subarray(sectorBytes);
  header.writeUInt32LE(0x10000, 8);
  header.writeUInt32LE(92, 12);
  header.writeBigUInt64LE(1n, 24);
  header.writeBigUInt64LE(BigInt(gptDiskBytes / sectorBytes - 1), 32);
  header.writeBigUInt64LE(34n, 40);
  header.writeBigUInt64LE(BigInt(gptDiskBytes / sectorBytes - 34), 48);
  header.writeBigUInt64LE(2n, 72);
  header.writeUInt32LE(128, 80);
  header.writeUInt32LE(128, 84);
  for (const [index, { type, name, start, size }] of partitions.entries()) {
    const entry = head.subarray(2 * sectorBytes + index * 128);
    guidBytes(type).copy(entry, 0);
    guidBytes(`00000000-0000-0000-0000-00000000000${index + 1}`).copy(entry, 16);
    entry.writeBigUInt64LE(BigInt(start / sectorBytes), 32);
    entry.writeBigUInt64LE(BigInt((start + size) / sectorBytes - 1), 40);
    entry.write(name, 56, 72, 'utf16le');
  }
  return signGpt(head);
}

/** Makes the checksums right again after a change, as far as there is what they are of. */
export function signGpt(head: Buffer): Buffer {
  if (head.length < 34 * sectorBytes) return head;
  const header = head.subarray(sectorBytes);
  header.writeUInt32LE(crc32(head.subarray(2 * sectorBytes, 34 * sectorBytes)), 88);
  header.writeUInt32LE(0, 16);
  header.writeUInt32LE(crc32(header.subarray(0, 92)), 16);
  return head;
}

function guidBytes(guid: string): Buffer {
  const [a, b, c, ...rest] = guid.split('-');
  const swapped = [a, b, c].map((group) => Buffer.from(group!, 'hex').reverse());
  return Buffer.concat([...swapped, Buffer.from(rest.join(''), 'hex')]);
}
