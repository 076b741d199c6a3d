export const sectorSize = 2048;
export const folderFlag = 2;
/** 1980-01-01: no image tells when it was made. */
const when = [80, 1, 1, 0, 0, 0, 0];

/** Where something lies: its first sector, and its bytes. */
export interface Extent {
  sector: number;
  size: number;
}

export function sectors(size: number): number {
  return Math.ceil(size / sectorSize);
}

/** One entry of a folder. */
export function record({ name, flag, sector, size }: Extent & { name: Buffer; flag: number }): Buffer {
  const bytes = Buffer.alloc(33 + name.length + ((name.length + 1) % 2));
  bytes[0] = bytes.length;
  both32(bytes, 2, sector);
  both32(bytes, 10, size);
  bytes.set(when, 18);
  bytes[25] = flag;
  both16(bytes, 28, 1);
  bytes[32] = name.length;
  name.copy(bytes, 33);
  return bytes;
}

/** A volume descriptor; the second one, Joliet's, says everything in UCS-2. */
export function descriptor(
  joliet: boolean,
  { label, size, table, root }: { label: string; size: number; table: Extent; root: Extent },
): Buffer {
  const bytes = Buffer.alloc(sectorSize);
  const text = (at: number, length: number, value = '') => {
    const padded = value.padEnd(joliet ? length >> 1 : length);
    (joliet ? Buffer.from(padded, 'utf16le').swap16() : Buffer.from(padded)).copy(bytes, at);
  };
  bytes[0] = joliet ? 2 : 1;
  bytes.write('CD001\x01', 1, 'latin1');
  text(8, 32);
  text(40, 32, label);
  both32(bytes, 80, size);
  // UCS-2, level 3.
  if (joliet) bytes.write('%/E', 88);
  both16(bytes, 120, 1);
  both16(bytes, 124, 1);
  both16(bytes, 128, sectorSize);
  both32(bytes, 132, table.size);
  bytes.writeUInt32LE(table.sector, 140);
  bytes.writeUInt32BE(table.sector + sectors(table.size), 148);
  record({ name: Buffer.from([0]), flag: folderFlag, ...root }).copy(bytes, 156);
  for (const at of [190, 318, 446, 574]) text(at, 128);
  for (const at of [702, 739, 776]) text(at, 37);
  // Made, changed, valid from, valid to: not said.
  for (const at of [813, 830, 847, 864]) bytes.write('0'.repeat(16), at);
  bytes[881] = 1;
  return bytes;
}

function both16(bytes: Buffer, at: number, value: number): void {
  bytes.writeUInt16LE(value, at);
  bytes.writeUInt16BE(value, at + 2);
}

function both32(bytes: Buffer, at: number, value: number): void {
  bytes.writeUInt32LE(value, at);
  bytes.writeUInt32BE(value, at + 4);
}
