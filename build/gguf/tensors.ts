import { type Cursor, shown } from './cursor.ts';
import { isOfDraft } from './part.ts';
import { removedTensorTypes, type TensorType, tensorTypes } from './types.ts';
import { unfitType } from './weights.ts';

export interface TensorFacts {
  /** Weights of all tensors. */
  parameters: number;
  /** Where tensor data begins, in bytes from the start of the file. */
  dataOffset: number;
  /** Bytes behind the last tensor and its padding: nothing reads them. */
  trailingBytes: number;
  /** A tensor of layers that guess further tokens (MTP); not every llama.cpp expects them. */
  draftTensor?: string;
}

interface TensorInfo {
  /** Of the u64 that says where the data is. */
  offsetAt: number;
  name: string;
  elements: bigint;
  /** From the start of the data section. */
  start: bigint;
  bytes: bigint;
}

/** llama.cpp's GGML_MAX_NAME less the NUL, and GGML_MAX_DIMS. */
const maxNameBytes = 63;
const maxDimensions = 4;
const maxInt64 = 2n ** 63n - 1n;

/** Reads `count` tensor infos; their data must follow each other, padded, and lie within the file. */
export async function readTensors(cursor: Cursor, count: number, alignment: number): Promise<TensorFacts> {
  const padding = BigInt(alignment);
  const names = new Set<string>();
  const tensors: TensorInfo[] = [];
  let elements = 0n;
  let next = 0n;
  for (let i = 0; i < count; i++) {
    const tensor = await readTensor(cursor, names);
    if (tensor.start % padding !== 0n)
      throw cursor.invalid(
        tensor.offsetAt,
        `data offset of ${tensor.name} is ${tensor.start}, not aligned to ${alignment}`,
      );
    if (tensor.start !== next)
      throw cursor.invalid(
        tensor.offsetAt,
        `data offset of ${tensor.name} is ${tensor.start}, expected ${next}`,
      );
    next = padded(tensor.start + tensor.bytes, padding);
    elements += tensor.elements;
    tensors.push(tensor);
  }
  const dataOffset = padded(BigInt(cursor.position), padding);
  for (const { offsetAt, name, start, bytes } of tensors)
    if (bytes > 0n && dataOffset + start + bytes > cursor.size)
      throw cursor.invalid(
        offsetAt,
        `data of ${name} ends at ${dataOffset + start + bytes}, beyond the file's end at ${cursor.size}`,
      );
  const end = Number(dataOffset + next);
  return {
    parameters: Number(elements),
    dataOffset: Number(dataOffset),
    trailingBytes: Math.max(0, cursor.size - end),
    draftTensor: [...names].find(isOfDraft),
  };
}

async function readTensor(cursor: Cursor, names: Set<string>): Promise<TensorInfo> {
  const name = await readName(cursor, names);
  const dims = await readDimensions(cursor, name);
  const type = await readTensorType(cursor, name);
  const { sizes, at } = dims;
  const row = sizes[0] ?? 1n;
  if (row % BigInt(type.blockElements) !== 0n)
    throw cursor.invalid(
      at,
      `first dimension of ${name} is ${row}, not a multiple of ${type.blockElements} as ${type.name} needs`,
    );
  const elements = sizes.reduce((product, size) => product * size, 1n);
  const bytes = (elements / BigInt(type.blockElements)) * BigInt(type.blockBytes);
  if (bytes > maxInt64) throw cursor.invalid(at, `byte size of ${name} is ${bytes}, which overflows 63 bits`);
  const offsetAt = cursor.position;
  const start = await cursor.u64(`data offset of ${name}`);
  return { offsetAt, name, elements, start, bytes };
}

async function readName(cursor: Cursor, names: Set<string>): Promise<string> {
  const at = cursor.position;
  const length = await cursor.length('tensor name');
  if (length === 0) throw cursor.invalid(at, 'tensor name is empty');
  if (length > maxNameBytes)
    throw cursor.invalid(at, `tensor name has ${length} bytes, over ${maxNameBytes}`);
  const name = await cursor.text(length, 'tensor name');
  if (names.has(name)) throw cursor.invalid(at, `duplicate tensor name ${shown(name)}`);
  names.add(name);
  return shown(name);
}

/** No dimensions is one weight, and a dimension may be 0, as in llama.cpp. */
async function readDimensions(cursor: Cursor, name: string): Promise<{ sizes: bigint[]; at: number }> {
  const countAt = cursor.position;
  const count = await cursor.u32(`dimension count of ${name}`);
  if (count > maxDimensions)
    throw cursor.invalid(countAt, `dimension count of ${name} is ${count}, over ${maxDimensions}`);
  const at = cursor.position;
  const sizes: bigint[] = [];
  let product = 1n;
  for (let i = 0; i < count; i++) {
    const sizeAt = cursor.position;
    const size = await cursor.u64(`dimension ${i} of ${name}`);
    if (size > maxInt64)
      throw cursor.invalid(sizeAt, `dimension ${i} of ${name} is negative: ${BigInt.asIntN(64, size)}`);
    // Zeros do not count: the strides of the dimensions before a zero must not overflow either.
    if (size > 0n) product *= size;
    if (product > maxInt64) throw cursor.invalid(sizeAt, `element count of ${name} overflows 63 bits`);
    sizes.push(size);
  }
  return { sizes, at };
}

async function readTensorType(cursor: Cursor, name: string): Promise<TensorType> {
  const at = cursor.position;
  const id = await cursor.u32(`type of ${name}`);
  const type = tensorTypes.get(id);
  // The name is shown in quotes.
  const unfit = type && unfitType(name.slice(1, -1), type);
  if (unfit) throw cursor.invalid(at, `type of ${name} ${unfit}`);
  if (type) return type;
  const removed = removedTensorTypes.get(id);
  throw cursor.invalid(
    at,
    removed
      ? `type of ${name} is ${id} (${removed}), which was removed from ggml`
      : `type of ${name} is ${id}, which is unknown`,
  );
}

function padded(offset: bigint, alignment: bigint): bigint {
  return ((offset + alignment - 1n) / alignment) * alignment;
}
