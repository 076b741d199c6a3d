import { IngotError } from '../model/errors.ts';
import { tensorTypes, valueTypes } from './types.ts';

/** `float32` is given by its bit pattern, so that no rounding is involved. */
export type GgufScalar =
  | { type: 'string'; value: string }
  | { type: 'bool'; value: boolean }
  | { type: 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32'; value: number }
  | { type: 'uint64' | 'int64'; value: bigint };

export type GgufValue =
  | GgufScalar
  | { type: 'array'; of: GgufScalar['type']; values: readonly GgufScalar['value'][] };

export interface GgufTensor {
  name: string;
  /** Row length first. */
  dims: readonly number[];
  /** A ggml type id, see `tensorTypes`. */
  type: number;
  /** As many bytes as `dims` and `type` make; taken when it is due. */
  data: Iterable<Uint8Array>;
}

export interface GgufContent {
  metadata: readonly (readonly [key: string, value: GgufValue])[];
  tensors: readonly GgufTensor[];
}

const version = 3;
const alignment = 32;

/** A GGUF file in chunks: the header first, padded to where data begins, then tensor data. */
export function* encodeGguf({ metadata, tensors }: GgufContent): Generator<Uint8Array> {
  const header = [new TextEncoder().encode('GGUF'), little(version, 4)];
  header.push(little(tensors.length, 8), little(metadata.length, 8));
  for (const [key, value] of metadata) header.push(text(key), typed(value));
  let offset = 0;
  for (const tensor of tensors) {
    header.push(text(tensor.name), little(tensor.dims.length, 4));
    header.push(...tensor.dims.map((size) => little(size, 8)), little(tensor.type, 4), little(offset, 8));
    offset += padded(tensorBytes(tensor));
  }
  header.push(padding(total(header)));
  yield joined(header);
  for (const tensor of tensors) {
    let length = 0;
    for (const chunk of tensor.data) {
      length += chunk.length;
      yield chunk;
    }
    if (length !== tensorBytes(tensor))
      throw new IngotError('INTERNAL', `tensor ${tensor.name}: ${length} bytes, not ${tensorBytes(tensor)}`);
    if (length % alignment) yield padding(length);
  }
}

function typed(value: GgufValue): Uint8Array {
  const id = little(typeId(value.type), 4);
  if (value.type !== 'array') return joined([id, scalar(value.type, value.value)]);
  const elements = value.values.map((element) => scalar(value.of, element));
  return joined([id, little(typeId(value.of), 4), little(elements.length, 8), ...elements]);
}

function scalar(type: GgufScalar['type'], value: GgufScalar['value']): Uint8Array {
  if (type === 'string') return text(String(value));
  return little(BigInt(value), valueTypes[typeId(type)]!.bytes);
}

function typeId(name: string): number {
  return valueTypes.findIndex((type) => type.name === name);
}

function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  return joined([little(bytes.length, 8), bytes]);
}

/** Two's complement, so that signed and unsigned need no distinction. */
function little(value: number | bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let rest = BigInt(value), i = 0; i < length; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(total(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function total(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function tensorBytes({ dims, type }: GgufTensor): number {
  const { blockElements, blockBytes } = tensorTypes.get(type)!;
  return (dims.reduce((product, size) => product * size, 1) / blockElements) * blockBytes;
}

function padded(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

function padding(length: number): Uint8Array {
  return new Uint8Array(padded(length) - length);
}
