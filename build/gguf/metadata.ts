import { type Cursor, shown } from './cursor.ts';
import { type ValueType, valueTypes } from './types.ts';

/** A value as far as the rules need it: arrays and long strings are walked, never kept. */
export interface Value {
  /** Offset of the u32 that states the type; the value follows 4 bytes later. */
  at: number;
  type: string;
  /** Of an array. */
  element?: string;
  /** Elements of an array, bytes of a string. */
  length?: number;
  /** Of the strings in `textKeys`, and of a short licence. */
  text?: string;
  /** Of numbers up to 32 bit, read as unsigned. */
  number?: number;
}

const maxKeyBytes = 65535;
/** Keys are remembered to find duplicates: real models have below 3 KiB of them. */
const maxKeyBytesTogether = 4 * 1024 * 1024;
const maxTextBytes = 4096;
/** The largest vocabularies have below 2^19 entries. */
const maxElements = 2 ** 24;
const boolChunkBytes = 64 * 1024;
const textKeys = ['general.architecture', 'general.name', 'general.type'];
/** Kept where it is a name; some models put in a whole text, which is as good. */
const licenceKey = 'general.license';
const maxLicenceBytes = 256;
const keptKeys = [/^(general|split|tokenizer)\./, /\.(block_count|context_length|feed_forward_length)$/];
const keptHeadCounts = /\.attention\.head_count(_kv)?$/;

/** Reads `count` key-value pairs and returns those that the rules look at, by key. */
export async function readMetadata(cursor: Cursor, count: number): Promise<Map<string, Value>> {
  const seen = new Set<string>();
  const kept = new Map<string, Value>();
  let keyBytes = 0;
  for (let i = 0; i < count; i++) {
    const at = cursor.position;
    const length = await cursor.length('key');
    if (length === 0) throw cursor.invalid(at, 'key is empty');
    if (length > maxKeyBytes) throw cursor.invalid(at, `key has ${length} bytes, over ${maxKeyBytes}`);
    keyBytes += length;
    if (keyBytes > maxKeyBytesTogether)
      throw cursor.invalid(at, `keys together are over ${maxKeyBytesTogether} bytes`);
    const key = await cursor.text(length, 'key');
    if (seen.has(key)) throw cursor.invalid(at, `duplicate key ${shown(key)}`);
    seen.add(key);
    const value = await readValue(cursor, key);
    if (keptKeys.some((pattern) => pattern.test(key)) || keptHeadCounts.test(key)) kept.set(key, value);
  }
  return kept;
}

async function readValue(cursor: Cursor, key: string): Promise<Value> {
  const at = cursor.position;
  const type = await readType(cursor, `value type of ${shown(key)}`);
  if (type.name === 'string') return { at, type: type.name, ...(await readString(cursor, key)) };
  if (type.name === 'array') return { at, type: type.name, ...(await readArray(cursor, key)) };
  if (type.name === 'bool') await checkBools(cursor, 1, key);
  else {
    const bytes = await cursor.bytes(type.bytes, `value of ${shown(key)}`);
    if (type.bytes <= 4)
      return { at, type: type.name, number: bytes.reduceRight((sum, byte) => sum * 256 + byte, 0) };
  }
  return { at, type: type.name };
}

async function readType(cursor: Cursor, field: string): Promise<ValueType> {
  const at = cursor.position;
  const id = await cursor.u32(field);
  const type = valueTypes[id];
  if (!type) throw cursor.invalid(at, `${field} is ${id}, which is unknown`);
  return type;
}

async function readString(cursor: Cursor, key: string): Promise<{ length: number; text?: string }> {
  const at = cursor.position;
  const length = await cursor.length(`value of ${shown(key)}`);
  if (key === licenceKey && length <= maxLicenceBytes) {
    const bytes = await cursor.bytes(length, `value of ${shown(key)}`);
    return { length, text: new TextDecoder().decode(bytes) };
  }
  if (textKeys.includes(key)) {
    if (length > maxTextBytes)
      throw cursor.invalid(at, `value of ${shown(key)} has ${length} bytes, over ${maxTextBytes}`);
    return { length, text: await cursor.text(length, `value of ${shown(key)}`) };
  }
  cursor.skip(length);
  return { length };
}

async function readArray(cursor: Cursor, key: string): Promise<{ element: string; length: number }> {
  const elementAt = cursor.position;
  const element = await readType(cursor, `element type of ${shown(key)}`);
  if (element.name === 'array') throw cursor.invalid(elementAt, `${shown(key)} is an array of arrays`);
  const countAt = cursor.position;
  const count = await cursor.u64(`element count of ${shown(key)}`);
  const least = element.name === 'string' ? 8 : element.bytes;
  if (count * BigInt(least) > BigInt(cursor.remaining))
    throw cursor.invalid(
      countAt,
      `${shown(key)} has ${count} elements of ${least} bytes or more, only ${cursor.remaining} remain`,
    );
  if (count > maxElements)
    throw cursor.invalid(countAt, `${shown(key)} has ${count} elements, over ${maxElements}`);
  const length = Number(count);
  if (element.name === 'string') await cursor.skipStrings(length, shown(key));
  else if (element.name === 'bool') await checkBools(cursor, length, key);
  else cursor.skip(length * element.bytes);
  return { element: element.name, length };
}

async function checkBools(cursor: Cursor, count: number, key: string): Promise<void> {
  for (let done = 0; done < count; done += boolChunkBytes) {
    const at = cursor.position;
    const bytes = await cursor.bytes(Math.min(boolChunkBytes, count - done), `value of ${shown(key)}`);
    const wrong = bytes.findIndex((byte) => byte > 1);
    if (wrong >= 0) throw cursor.invalid(at + wrong, `bool in ${shown(key)} is ${bytes[wrong]}, not 0 or 1`);
  }
}
