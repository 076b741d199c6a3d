import { tensorTypes } from '../gguf/types.ts';
import { Violation } from './judge.ts';
import type { ByteSeed } from './mutate-bytes.ts';

/** What a GGUF file holds, read without a thought for hostile input; and where its decisive numbers are. */
export interface PlainGguf {
  version: number;
  alignment: number;
  dataOffset: number;
  keys: string[];
  tensors: { name: string; elements: bigint; start: bigint; end: bigint }[];
  fields: ByteSeed['fields'];
}

/** By value type id; strings and arrays have none. */
const widths = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];
const [boolType, stringType, arrayType] = [7, 8, 9];

/**
 * A second reader, written from the format's description alone: the whole file in memory, no limits, a number
 * at a time. It shares only the table of tensor types with the validator, so that the two do not err
 * together.
 */
export function readPlainGguf(file: Buffer): PlainGguf {
  const fields: ByteSeed['fields'] = [];
  let at = 4;
  const field = (width: 4 | 8): bigint => {
    fields.push({ offset: at, width });
    at += width;
    return width === 4 ? BigInt(file.readUInt32LE(at - 4)) : file.readBigUInt64LE(at - 8);
  };
  const bytes = (length: bigint): Buffer => {
    at += Number(length);
    if (at > file.length) throw new Violation(`a text or array ends at ${at} of ${file.length}`);
    return file.subarray(at - Number(length), at);
  };
  const text = () => bytes(field(8)).toString('utf8');
  const walk = (type: number): void => {
    if (type === stringType) text();
    else if (type === arrayType) {
      const element = Number(field(4));
      const count = field(8);
      if (element === stringType) for (let i = 0n; i < count; i++) text();
      else bool(element, bytes(count * BigInt(widths[element]!)));
    } else bool(type, bytes(BigInt(widths[type]!)));
  };

  if (file.toString('latin1', 0, 4) !== 'GGUF') throw new Violation('no magic');
  const version = Number(field(4));
  const [tensorCount, keyCount] = [field(8), field(8)];
  const keys: string[] = [];
  let alignment = 32;
  for (let i = 0n; i < keyCount; i++) {
    keys.push(text());
    const type = Number(field(4));
    fields.push({ offset: at, width: 4 });
    if (keys.at(-1) === 'general.alignment') alignment = file.readUInt32LE(at);
    walk(type);
  }
  const tensors: PlainGguf['tensors'] = [];
  for (let i = 0n; i < tensorCount; i++) {
    const name = text();
    const dims = Array.from({ length: Number(field(4)) }, () => field(8));
    const type = tensorTypes.get(Number(field(4)))!;
    const elements = dims.reduce((product, size) => product * size, 1n);
    const start = field(8);
    const end = start + (elements * BigInt(type.blockBytes)) / BigInt(type.blockElements);
    tensors.push({ name, elements, start, end });
  }
  const dataOffset = Math.ceil(at / alignment) * alignment;
  return { version, alignment, dataOffset, keys, tensors, fields };
}

function bool(type: number, values: Buffer): void {
  if (type === boolType && values.some((value) => value > 1)) throw new Violation('a bool over 1');
}
