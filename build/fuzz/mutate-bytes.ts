import type { Random } from '../formats/text/random.ts';

/** A well-formed file, and where in it numbers are that decide how the rest is read. */
export interface ByteSeed {
  bytes: Buffer;
  fields: { offset: number; width: 4 | 8 }[];
}

type Mutation = (bytes: Buffer, random: Random, seeds: ByteSeed[], fields: ByteSeed['fields']) => Buffer;

const mutations: Mutation[] = [
  flipBit,
  setByte,
  setField,
  setField,
  setField,
  setInteger,
  truncate,
  remove,
  insert,
  repeat,
  splice,
];
const maxZeros = 1024 * 1024;

/** One of the seeds with one to four things wrong with it. */
export function mutateBytes(random: Random, seeds: ByteSeed[]): Buffer {
  const { bytes, fields } = random.pick(seeds);
  let mutant: Buffer = Buffer.from(bytes);
  for (let left = 1 + random.below(4); left > 0 && mutant.length > 0; left--)
    mutant = random.pick(mutations)(mutant, random, seeds, fields);
  // What follows makes a large count or length pass for one that fits.
  return random.once(50) ? Buffer.concat([mutant, Buffer.alloc(random.below(maxZeros))]) : mutant;
}

function flipBit(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  bytes[at] = bytes[at]! ^ (1 << random.below(8));
  return bytes;
}

function setByte(bytes: Buffer, random: Random): Buffer {
  bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

function setField(bytes: Buffer, random: Random, _seeds: ByteSeed[], fields: ByteSeed['fields']): Buffer {
  const { offset, width } = random.pick(fields);
  return written(bytes, offset, width, random);
}

function setInteger(bytes: Buffer, random: Random): Buffer {
  return written(bytes, random.below(bytes.length), random.pick([4, 8]), random);
}

function written(bytes: Buffer, offset: number, width: 4 | 8, random: Random): Buffer {
  if (offset + width > bytes.length) return bytes;
  const value = interesting(bytes, offset, width, random);
  if (width === 4) bytes.writeUInt32LE(Number(BigInt.asUintN(32, value)), offset);
  else bytes.writeBigUInt64LE(BigInt.asUintN(64, value), offset);
  return bytes;
}

/**
 * Where a check that is missing or off by one shows: near the present value, the file's length, powers of
 * two.
 */
function interesting(bytes: Buffer, offset: number, width: 4 | 8, random: Random): bigint {
  const present = width === 4 ? BigInt(bytes.readUInt32LE(offset)) : bytes.readBigUInt64LE(offset);
  const left = BigInt(bytes.length - offset);
  const near = random.pick([0n, present, left, left / 8n, 2n ** BigInt(random.below(65))]);
  return random.once(3) ? BigInt(random.below(64)) : near + BigInt(random.below(5) - 2);
}

function truncate(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(0, random.below(bytes.length));
}

function remove(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(64))]);
}

function insert(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  const added = Buffer.from(Array.from({ length: 1 + random.below(32) }, () => random.below(256)));
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
}

function repeat(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  const end = at + 1 + random.below(128);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
}

function splice(bytes: Buffer, random: Random, seeds: ByteSeed[]): Buffer {
  const other = random.pick(seeds).bytes;
  return Buffer.concat([
    bytes.subarray(0, random.below(bytes.length)),
    other.subarray(random.below(other.length)),
  ]);
}
