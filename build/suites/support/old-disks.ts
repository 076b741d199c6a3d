import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { emptyFile } from './install.ts';

const gibibyte = 2 ** 30;

/** A disk without a partition table and with one file system. */
export function ext4Disk(path: string, label: string, gibibytes = 8): void {
  emptyFile(path, gibibytes * gibibyte);
  execFileSync('mkfs.ext4', ['-q', '-L', label, path]);
}

/** A disk with an old partition table, and one partition of Windows' kind. */
export function mbrDisk(path: string): void {
  emptyFile(path, 8 * gibibyte);
  const sector = Buffer.alloc(512);
  sector.writeUInt8(0x80, 446);
  sector.writeUInt8(0x07, 450);
  sector.writeUInt32LE(2048, 454);
  sector.writeUInt32LE(4 * (gibibyte / 512), 458);
  sector.writeUInt16LE(0xaa55, 510);
  writeAt(path, 0, sector);
}

/** A disk that is a physical volume of LVM: its label, as libblkid knows it. */
export function lvmDisk(path: string): void {
  emptyFile(path, 8 * gibibyte);
  const sector = Buffer.alloc(512);
  sector.write('LABELONE', 0, 'latin1');
  sector.writeBigUInt64LE(1n, 8);
  sector.writeUInt32LE(32, 20);
  sector.write('LVM2 001', 24, 'latin1');
  sector.write('abcdefghijklmnopqrstuvwxyz012345', 32, 'latin1');
  sector.writeUInt32LE(lvmChecksum(sector.subarray(20)), 16);
  writeAt(path, 512, sector);
}

/** The CRC-32 of LVM, which begins with a number of its own and is not inverted. */
function lvmChecksum(bytes: Buffer): number {
  let crc = 0xf597a6cf;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return crc >>> 0;
}

function writeAt(path: string, offset: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}
