import { assertSignature, type Canonicalise, damaged, idOf, uuidBytes } from './disk-image.ts';

const footerBytes = 512;
const dynamic = 3;
/** Seconds from 1970 to the year that VHD counts from. */
const vhdEpoch = Date.UTC(2000, 0) / 1000;

/**
 * Time, id and checksum in a VHD's footer (Virtual Hard Disk Image Format Specification 1.0, "Hard Disk
 * Footer Format"), and in its copy at the front of one that grows.
 */
export const canonicalVhd: Canonicalise = ({ size, read }, identity) => {
  const footer = read(size - footerBytes, footerBytes);
  assertSignature('vhd', footer, 'conectix');
  const offsets = [size - footerBytes];
  if (footer.readUInt32BE(60) === dynamic) {
    if (!read(0, footerBytes).equals(footer)) throw damaged('vhd', 'its two footers differ');
    offsets.push(0);
  }
  const bytes = Buffer.from(footer);
  bytes.writeUInt32BE(identity.sourceDateEpoch - vhdEpoch, 24);
  uuidBytes(idOf(identity, 'vhd')).copy(bytes, 68);
  bytes.writeUInt32BE(checksum(bytes), 64);
  return offsets.map((offset) => ({ offset, bytes }));
};

/** One's complement of the sum of all bytes but the checksum's own. */
function checksum(footer: Buffer): number {
  const others = Buffer.from(footer).fill(0, 64, 68);
  return ~others.reduce((sum, byte) => sum + byte, 0) >>> 0;
}
