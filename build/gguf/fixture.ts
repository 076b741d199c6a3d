import type { ByteSource } from './types.ts';
import { encodeGguf, type GgufContent, type GgufValue } from './write.ts';

/** Test input: a well-formed model with every kind of field that a rule looks at. */
export function tinyContent(): GgufContent & { metadata: [string, GgufValue][] } {
  return {
    metadata: [
      ['general.architecture', { type: 'string', value: 'llama' }],
      ['general.name', { type: 'string', value: 'tiny' }],
      ['general.alignment', { type: 'uint32', value: 32 }],
      ['general.file_type', { type: 'uint32', value: 7 }],
      ['llama.block_count', { type: 'uint32', value: 1 }],
      ['llama.context_length', { type: 'uint32', value: 64 }],
      ['llama.attention.head_count', { type: 'array', of: 'int32', values: [2] }],
      ['split.no', { type: 'uint16', value: 0 }],
      ['split.count', { type: 'uint16', value: 1 }],
      ['tokenizer.ggml.tokens', { type: 'array', of: 'string', values: ['<unk>', 'a', 'b'] }],
      ['tokenizer.ggml.scores', { type: 'array', of: 'float32', values: [0, 0, 0] }],
      ['tokenizer.ggml.token_type', { type: 'array', of: 'int32', values: [2, 1, 1] }],
      ['tokenizer.ggml.merges', { type: 'array', of: 'string', values: ['a b'] }],
      ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
      ['tokenizer.chat_template', { type: 'string', value: 'hello' }],
      ['test.flags', { type: 'array', of: 'bool', values: [true, false] }],
      ['test.wide', { type: 'int64', value: -1n }],
    ],
    tensors: [
      { name: 'one', dims: [4, 2], type: 0, data: [new Uint8Array(32)] },
      { name: 'two', dims: [64, 2], type: 8, data: [new Uint8Array(136)] },
      { name: 'six', dims: [8], type: 0, data: [new Uint8Array(32)] },
    ],
  };
}

export function encoded(content: GgufContent): Buffer {
  return Buffer.concat([...encodeGguf(content)]);
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** Offset of the length that precedes a key or a tensor's name. */
export function lengthAt(file: Buffer, name: string): number {
  const length = Buffer.alloc(8);
  length.writeUInt32LE(name.length);
  return file.indexOf(Buffer.concat([length, Buffer.from(name)]));
}

/** Offset of what follows a key (its value's type) or a tensor's name (its dimension count). */
export function after(file: Buffer, name: string): number {
  return lengthAt(file, name) + 8 + name.length;
}
