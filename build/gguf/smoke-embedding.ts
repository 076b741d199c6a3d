import { ones, tensor, zeros } from './smoke-weights.ts';
import { encodeGguf, type GgufTensor, type GgufValue } from './write.ts';

const layers = 2;
const width = 128;
const hidden = 256;
const heads = 4;
const positions = 512;

/** Bit patterns of fp32 and fp16 numbers, as in the model that chats. */
const epsilon = 0x2b8cbccc;
const perWeight = 0x1000;
const perEmbedding = 0x2400;

/**
 * A BERT of random weights, the same to the byte on every machine: it makes a vector of any text, other texts
 * get other vectors, and what a vector says of its text is nothing.
 */
export function synthesiseSmokeEmbedding(): Generator<Uint8Array> {
  const tokens = vocabulary();
  const random = (scale: number) => () => ({ scale });
  const tensors = [
    tensor('token_embd.weight', width, tokens.length, random(perEmbedding)),
    zeros('token_types.weight', width, 2),
    zeros('position_embd.weight', width, positions),
    ...norm('token_embd_norm'),
    ...Array.from({ length: layers }, (_, index) => layer(`blk.${index}`, random(perWeight))).flat(),
  ];
  return encodeGguf({ metadata: metadata(tokens), tensors });
}

/** Word pieces of one character: of those that begin a word, llama.cpp writes U+2581 in front. */
function vocabulary(): string[] {
  const characters = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index));
  // Text is read in small letters.
  const small = characters.filter((character) => character === character.toLowerCase());
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  return [...special, ...small.map((character) => `\u2581${character}`), ...small];
}

function metadata(tokens: string[]): [string, GgufValue][] {
  const u32 = (value: number): GgufValue => ({ type: 'uint32', value });
  const text = (value: string): GgufValue => ({ type: 'string', value });
  return [
    ['general.architecture', text('bert')],
    ['general.type', text('model')],
    ['general.name', text('ingot-smoke-embedding')],
    ['general.license', text('mit')],
    ['general.file_type', u32(7)],
    ['general.quantization_version', u32(2)],
    ['bert.context_length', u32(positions)],
    ['bert.embedding_length', u32(width)],
    ['bert.block_count', u32(layers)],
    ['bert.feed_forward_length', u32(hidden)],
    ['bert.attention.head_count', u32(heads)],
    ['bert.attention.layer_norm_epsilon', { type: 'float32', value: epsilon }],
    ['bert.attention.causal', { type: 'bool', value: false }],
    // The mean of what the layers make of each token.
    ['bert.pooling_type', u32(1)],
    ['tokenizer.ggml.model', text('bert')],
    ['tokenizer.ggml.tokens', { type: 'array', of: 'string', values: tokens }],
    ['tokenizer.ggml.token_type_count', u32(2)],
    ['tokenizer.ggml.padding_token_id', u32(0)],
    ['tokenizer.ggml.unknown_token_id', u32(1)],
    ['tokenizer.ggml.cls_token_id', u32(2)],
    ['tokenizer.ggml.bos_token_id', u32(2)],
    ['tokenizer.ggml.seperator_token_id', u32(3)],
    ['tokenizer.ggml.eos_token_id', u32(3)],
    ['tokenizer.ggml.mask_token_id', u32(4)],
  ];
}

function layer(name: string, row: Parameters<typeof tensor>[3]): GgufTensor[] {
  const attention = ['q', 'k', 'v', 'output'].map((part) => `${name}.attn_${part}.weight`);
  return [
    ...attention.map((matrix) => tensor(matrix, width, width, row)),
    ...norm(`${name}.attn_output_norm`),
    tensor(`${name}.ffn_up.weight`, width, hidden, row),
    tensor(`${name}.ffn_down.weight`, hidden, width, row),
    ...norm(`${name}.layer_output_norm`),
  ];
}

function norm(name: string): GgufTensor[] {
  return [ones(`${name}.weight`, width), zeros(`${name}.bias`, width)];
}
