import { IngotError } from '../../model/errors.ts';
import { sha256, uuidFrom } from '../text/canonical-json.ts';

/** A disk image as those see it who make it canonical: a few small regions, never all of it. */
export interface DiskImage {
  /** In bytes. */
  size: number;
  read(offset: number, length: number): Buffer;
}

/** Bytes that replace those at an offset. */
export interface Patch {
  offset: number;
  bytes: Buffer;
}

/** What an image's ids and times are made of, in place of chance and the clock. */
export interface Identity {
  /** Hash of what the image is made from; equal images have equal ids. */
  sha256: string;
  /** Seconds since 1970. */
  sourceDateEpoch: number;
}

/** What to change in an image so that the same disk gives the same bytes. */
export type Canonicalise = (image: DiskImage, identity: Identity) => Patch[];

/** An id of an image; `field` tells several of one image apart. */
export function idOf(identity: Identity, field: string): string {
  return uuidFrom(sha256([identity.sha256, field]));
}

/** A UUID in the order in which it is written, as RFC 9562 has it. */
export function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** A UUID with its first three fields in little-endian order, as Microsoft and VirtualBox store it. */
export function guidBytes(uuid: string): Buffer {
  const bytes = uuidBytes(uuid);
  bytes.subarray(0, 4).swap32();
  bytes.subarray(4, 8).swap16();
  return bytes;
}

/** Refuses a region that is not what its format says: writing there would damage the image. */
export function assertSignature(format: string, region: Buffer, signature: Buffer | string): void {
  const expected = Buffer.from(signature);
  if (region.subarray(0, expected.length).equals(expected)) return;
  throw damaged(format, `0x${expected.toString('hex')} is not where it must be`);
}

/** The error for an image that qemu-img laid out otherwise than it is known to. */
export function damaged(format: string, why: string): IngotError {
  return new IngotError('INTERNAL', `the ${format} image cannot be made canonical: ${why}`);
}
