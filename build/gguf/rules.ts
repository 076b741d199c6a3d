import { architectures } from './architectures.ts';
import { type Cursor, shown } from './cursor.ts';
import type { Value } from './metadata.ts';
import { partOf } from './part.ts';

export interface MetadataFacts {
  architecture: string;
  name?: string;
  /** llama.cpp's `llama_ftype`, such as 7 for mostly Q8_0. */
  fileType?: number;
  /** In tokens. */
  contextLength?: number;
  blockCount?: number;
  /** What the file itself says: an SPDX identifier, or any other text. */
  licence?: string;
  /** In bytes. */
  alignment: number;
  /** What the file is, where it is no model but goes beside one: `a LoRA adapter`. */
  part?: string;
  /** Of one of several parts: how many tensors all of them have together. */
  allTensors?: number;
}

/** One of several parts of a model. */
export interface ExpectedPart {
  /** From 1. */
  number: number;
  count: number;
}

type Metadata = Map<string, Value>;

const defaultAlignment = 32;
const maxAlignment = 1024 * 1024;
/** llama.cpp's LLAMA_MAX_LAYERS: its arrays per layer are this long, and more wrote past them. */
const maxBlocks = 512;
const maxTemplateBytes = 1024 * 1024;
const perLayer = ['uint32', 'array of uint32', 'array of int32'];

/** llama.cpp reads these without a check of its own, or stops far from the cause. */
const fixedTypes: [key: string, types: string[]][] = [
  ['general.name', ['string']],
  ['general.type', ['string']],
  ['general.alignment', ['uint32']],
  ['general.file_type', ['uint32']],
  ['split.no', ['uint16']],
  ['split.count', ['uint16']],
  ['split.tensors.count', ['int32']],
  ['tokenizer.ggml.tokens', ['array of string']],
  ['tokenizer.ggml.scores', ['array of float32']],
  ['tokenizer.ggml.token_type', ['array of int32']],
  ['tokenizer.ggml.merges', ['array of string']],
];

/** What the metadata as a whole must hold. */
export function checkMetadata(cursor: Cursor, metadata: Metadata, part?: ExpectedPart): MetadataFacts {
  // Those behind the first say of themselves which they are, and nothing of the model.
  const further = part !== undefined && part.number > 1 && !metadata.has('general.architecture');
  const architecture = further ? '' : checkArchitecture(cursor, metadata);
  const own = (name: string) => `${architecture}.${name}`;
  const types: typeof fixedTypes = [
    ...fixedTypes,
    [own('block_count'), ['uint32']],
    [own('context_length'), ['uint32']],
    [own('feed_forward_length'), perLayer],
    [own('attention.head_count'), perLayer],
    [own('attention.head_count_kv'), perLayer],
  ];
  for (const [key, allowed] of types) checkType(cursor, metadata, key, allowed);
  const blockCount = metadata.get(own('block_count'));
  if (blockCount && blockCount.number! > maxBlocks)
    throw cursor.invalid(
      blockCount.at + 4,
      `${own('block_count')} is ${blockCount.number}, over ${maxBlocks}`,
    );
  checkTokens(cursor, metadata);
  checkTemplates(cursor, metadata);
  checkSplit(cursor, metadata, part);
  return {
    architecture,
    name: metadata.get('general.name')?.text,
    fileType: metadata.get('general.file_type')?.number,
    contextLength: metadata.get(own('context_length'))?.number,
    blockCount: blockCount?.number,
    licence: metadata.get('general.license')?.text,
    alignment: checkAlignment(cursor, metadata.get('general.alignment')),
    part: partOf(metadata),
    ...(part ? { allTensors: metadata.get('split.tensors.count')?.number } : {}),
  };
}

function checkArchitecture(cursor: Cursor, metadata: Metadata): string {
  const value = metadata.get('general.architecture');
  if (!value) throw cursor.invalid(cursor.position, 'general.architecture is missing');
  checkType(cursor, metadata, 'general.architecture', ['string']);
  if (!architectures.has(value.text!) && !partOf(metadata))
    throw cursor.invalid(
      value.at + 4,
      `general.architecture ${shown(value.text!)} is not in the allow-list`,
      'a newer llama.cpp may know it: add it to build/gguf/architectures.ts',
    );
  return value.text!;
}

function checkType(cursor: Cursor, metadata: Metadata, key: string, allowed: string[]): void {
  const value = metadata.get(key);
  if (!value) return;
  const type = value.element ? `array of ${value.element}` : value.type;
  if (allowed.includes(type)) return;
  const elementIsWrong = value.element && allowed.some((name) => name.startsWith('array'));
  throw cursor.invalid(
    elementIsWrong ? value.at + 4 : value.at,
    `${key} is ${type}, not ${allowed.join(' or ')}`,
  );
}

function checkAlignment(cursor: Cursor, value: Value | undefined): number {
  const alignment = value?.number ?? defaultAlignment;
  const isPowerOfTwo = alignment > 0 && Number.isInteger(Math.log2(alignment));
  if (!isPowerOfTwo || alignment < 8 || alignment > maxAlignment)
    throw cursor.invalid(
      value!.at + 4,
      `general.alignment is ${alignment}, not a power of two from 8 to ${maxAlignment}`,
    );
  return alignment;
}

function checkTokens(cursor: Cursor, metadata: Metadata): void {
  const tokens = metadata.get('tokenizer.ggml.tokens');
  for (const key of ['tokenizer.ggml.scores', 'tokenizer.ggml.token_type']) {
    const value = metadata.get(key);
    if (value && tokens && value.length !== tokens.length)
      throw cursor.invalid(
        value.at + 8,
        `${key} has ${value.length} elements, tokenizer.ggml.tokens has ${tokens.length}`,
      );
  }
}

function checkTemplates(cursor: Cursor, metadata: Metadata): void {
  for (const [key, value] of metadata) {
    if (key !== 'tokenizer.chat_template' && !key.startsWith('tokenizer.chat_template.')) continue;
    checkType(cursor, metadata, key, ['string']);
    if (value.length! > maxTemplateBytes)
      throw cursor.invalid(
        value.at + 4,
        `chat template ${shown(key)} has ${value.length} bytes, over ${maxTemplateBytes}`,
      );
  }
}

/** A merged model keeps `split.count` with the value 0: llama-gguf-split resets it and removes nothing. */
function checkSplit(cursor: Cursor, metadata: Metadata, part?: ExpectedPart): void {
  const count = metadata.get('split.count');
  const no = metadata.get('split.no');
  const parts = Math.max(1, count?.number ?? 1);
  if (no && no.number! >= parts)
    throw cursor.invalid(no.at + 4, `split.no is ${no.number}, not below the ${parts} of split.count`);
  if (part) {
    const number = (no?.number ?? 0) + 1;
    if (parts === part.count && number === part.number) return;
    throw cursor.invalid(
      (no ?? count)?.at ?? cursor.position,
      `it says of itself that it is part ${number} of ${parts} (split.no, split.count), and its name says part ${part.number} of ${part.count}`,
      'give every part the name that it was made with',
    );
  }
  if (parts > 1)
    throw cursor.invalid(
      count!.at + 4,
      `model is one of ${parts} parts (split.count), and its name does not say which`,
      'name the first part, …-00001-of-0000N.gguf, with the others beside it; or merge them: llama-gguf-split --merge <first part> <merged.gguf>',
    );
}
