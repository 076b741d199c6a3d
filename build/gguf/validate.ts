import { Cursor } from './cursor.ts';
import { readMetadata } from './metadata.ts';
import { checkMetadata, type ExpectedPart, type MetadataFacts } from './rules.ts';
import { readTensors, type TensorFacts } from './tensors.ts';
import type { ByteSource } from './types.ts';

export interface GgufSummary extends MetadataFacts, TensorFacts {
  version: number;
  tensorCount: number;
}

const magic = 'GGUF';
const versions = [2, 3];
/** Bounds what is remembered of a hostile file; the largest models have some 2,000 tensors and 70 keys. */
const maxEntries = 65536;
/** Length 8, key 1, type 4, value 1; and length 8, name 1, dimension count 4, type 4, offset 8. */
const leastKeyBytes = 14;
const leastTensorBytes = 25;

/**
 * Streams through a model's header and checks every length, type and offset in it before something that
 * trusts them gets the file. Memory does not grow with the model. Throws MODEL_INVALID with the byte offset.
 * `part` is what the file's name says of it, where it is one of several.
 */
export async function validateGguf(
  source: ByteSource,
  what: string,
  part?: ExpectedPart,
): Promise<GgufSummary> {
  const cursor = new Cursor(source, what);
  const version = await readVersion(cursor);
  const tensorCount = await readCount(cursor, 'tensor count', leastTensorBytes);
  const keyCount = await readCount(cursor, 'key count', leastKeyBytes);
  const facts = checkMetadata(cursor, await readMetadata(cursor, keyCount), part);
  // The first of several parts may hold the metadata alone.
  if (tensorCount === 0 && !part)
    throw cursor.invalid(8, 'tensor count is 0: a model without weights cannot answer');
  return { version, tensorCount, ...facts, ...(await readTensors(cursor, tensorCount, facts.alignment)) };
}

async function readVersion(cursor: Cursor): Promise<number> {
  if (cursor.size === 0) throw cursor.invalid(0, 'file is empty');
  const found = String.fromCharCode(...(await cursor.bytes(4, 'magic')));
  if (found !== magic)
    throw cursor.invalid(0, `magic is ${JSON.stringify(found)}, not "${magic}"`, hintFor(found));
  const at = cursor.position;
  const version = await cursor.u32('version');
  if (versions.includes(version)) return version;
  if (version !== 0 && (version & 0xffff) === 0)
    throw cursor.invalid(at, `version is ${version}: the file is byte-swapped (big-endian)`);
  throw cursor.invalid(at, `version ${version} is not supported, only ${versions.join(' and ')} are`);
}

/** What was taken for a model, where its first bytes tell. */
function hintFor(found: string): string | undefined {
  if (/^\s*</.test(found))
    return 'it is a web page: give the address of the file itself, as …/resolve/main/model.gguf';
  if (found === 'vers') return 'it is a pointer of Git LFS: git lfs pull brings the file';
  if (['PK', '7z', '\x1f\x8b'].some((start) => found.startsWith(start)))
    return 'it is an archive: unpack it first';
  return undefined;
}

async function readCount(cursor: Cursor, field: string, least: number): Promise<number> {
  const at = cursor.position;
  const count = await cursor.u64(field);
  if (count * BigInt(least) > BigInt(cursor.remaining))
    throw cursor.invalid(
      at,
      `${field} is ${count}, more than fits into the remaining ${cursor.remaining} bytes`,
    );
  if (count > maxEntries) throw cursor.invalid(at, `${field} is ${count}, over ${maxEntries}`);
  return Number(count);
}
