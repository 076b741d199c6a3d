import { smokeVocabulary } from './smoke-vocabulary.ts';
import type { GgufContent, GgufTensor, GgufValue } from './write.ts';

/** A model that can be changed before it is written: values by key, tensors by name. */
export interface TinyModel {
  values: Map<string, GgufValue>;
  tensors: Map<string, GgufTensor>;
}

/** Numbers per token, within its layers' inner part, layers, and heads of each. */
export interface Shape {
  width: number;
  hidden: number;
  layers: number;
  heads: number;
}
export const tiny: Shape = { width: 64, hidden: 128, layers: 2, heads: 4 };
export const { width } = tiny;
const f32 = 0;
const epsilonBits = 0x3727c5ac;

export const text = (value: string): GgufValue => ({ type: 'string', value });
export const u32 = (value: number): GgufValue => ({ type: 'uint32', value });
export const bool = (value: boolean): GgufValue => ({ type: 'bool', value });
export const f32Bits = (value: number): GgufValue => ({ type: 'float32', value });

/** Test input: a Llama whose weights are 0, which llama.cpp loads and lets chat. */
export function tinyChat(shape = tiny): TinyModel {
  const model: TinyModel = { values: new Map(), tensors: new Map() };
  set(model, 'general', { architecture: text('llama'), type: text('model'), name: text('tiny') });
  set(model, 'llama', hyperparameters(shape));
  model.values.set('llama.attention.layer_norm_rms_epsilon', f32Bits(epsilonBits));
  vocabulary(model);
  model.values.set(
    'tokenizer.chat_template',
    text("{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "),
  );
  const { width, layers } = shape;
  const words = smokeVocabulary().length;
  add(model, {
    'token_embd.weight': [width, words],
    'output_norm.weight': [width],
    'output.weight': [width, words],
  });
  for (let layer = 0; layer < layers; layer++)
    add(
      model,
      under(`blk.${layer}.`, {
        'attn_norm.weight': [width],
        ...attention(shape),
        'ffn_norm.weight': [width],
        ...feedForward(shape, ['gate', 'up']),
      }),
    );
  return model;
}

/** A BERT of two layers: it embeds text, and with pooling type 4 it ranks. */
export function tinyBert(poolingType = 1): TinyModel {
  const model: TinyModel = { values: new Map(), tensors: new Map() };
  set(model, 'general', { architecture: text('bert'), type: text('model'), name: text('tiny') });
  set(model, 'bert', { ...hyperparameters(tiny), pooling_type: u32(poolingType) });
  set(model, 'bert.attention', { layer_norm_epsilon: f32Bits(epsilonBits), causal: bool(false) });
  const words = smokeVocabulary().map((token) => token.text);
  const own = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...words.slice(5)];
  set(model, 'tokenizer.ggml', {
    model: text('bert'),
    tokens: { type: 'array', of: 'string', values: own },
    token_type_count: u32(2),
    unknown_token_id: u32(1),
    cls_token_id: u32(2),
    bos_token_id: u32(2),
    seperator_token_id: u32(3),
    eos_token_id: u32(3),
    mask_token_id: u32(4),
    padding_token_id: u32(0),
  });
  add(model, {
    'token_embd.weight': [width, own.length],
    'token_types.weight': [width, 2],
    'position_embd.weight': [width, 256],
    'token_embd_norm.weight': [width],
    'token_embd_norm.bias': [width],
  });
  for (let layer = 0; layer < tiny.layers; layer++) {
    add(model, under(`blk.${layer}.`, { ...attention(tiny), ...feedForward(tiny, ['up']) }));
    for (const norm of ['attn_output_norm', 'layer_output_norm'])
      add(model, { [`blk.${layer}.${norm}.weight`]: [width], [`blk.${layer}.${norm}.bias`]: [width] });
  }
  return model;
}

/** What is left of a model after training by LoRA: pairs of small matrices, and no vocabulary. */
export function tinyAdapter(): TinyModel {
  const model: TinyModel = { values: new Map(), tensors: new Map() };
  set(model, 'general', { architecture: text('llama'), type: text('adapter'), name: text('tiny') });
  set(model, 'adapter', { type: text('lora') });
  model.values.set('adapter.lora.alpha', f32Bits(0x41800000));
  add(model, { 'blk.0.attn_q.weight.lora_a': [width, 4], 'blk.0.attn_q.weight.lora_b': [4, width] });
  return model;
}

export function contentOf({ values, tensors }: TinyModel): GgufContent {
  return { metadata: [...values], tensors: [...tensors.values()] };
}

/** Sets values below a prefix. */
export function set({ values }: TinyModel, prefix: string, own: { [key: string]: GgufValue }): void {
  for (const [key, value] of Object.entries(own)) values.set(`${prefix}.${key}`, value);
}

/** Adds tensors of zeros, by name and dimensions. */
export function add({ tensors }: TinyModel, shapes: { [name: string]: number[] }): void {
  for (const [name, dims] of Object.entries(shapes)) {
    const bytes = dims.reduce((product, size) => product * size, 4);
    tensors.set(name, { name, dims, type: f32, data: zeros(bytes) });
  }
}

function hyperparameters({ width, hidden, layers, heads }: Shape): { [key: string]: GgufValue } {
  return {
    context_length: u32(256),
    embedding_length: u32(width),
    block_count: u32(layers),
    feed_forward_length: u32(hidden),
    'attention.head_count': u32(heads),
  };
}

export function vocabulary(model: TinyModel): void {
  const tokens = smokeVocabulary();
  set(model, 'tokenizer.ggml', {
    model: text('llama'),
    tokens: { type: 'array', of: 'string', values: tokens.map((token) => token.text) },
    scores: { type: 'array', of: 'float32', values: tokens.map(() => 0) },
    token_type: { type: 'array', of: 'int32', values: tokens.map((token) => token.type) },
    unknown_token_id: u32(0),
    bos_token_id: u32(1),
    eos_token_id: u32(2),
  });
}

function attention({ width }: Shape): { [name: string]: number[] } {
  return Object.fromEntries(['q', 'k', 'v', 'output'].map((part) => [`attn_${part}.weight`, [width, width]]));
}

function feedForward({ width, hidden }: Shape, inner: string[]): { [name: string]: number[] } {
  const into = Object.fromEntries(inner.map((part) => [`ffn_${part}.weight`, [width, hidden]]));
  return { ...into, 'ffn_down.weight': [hidden, width] };
}

function under(prefix: string, shapes: { [name: string]: number[] }): { [name: string]: number[] } {
  return Object.fromEntries(Object.entries(shapes).map(([name, dims]) => [prefix + name, dims]));
}

/** Made when taken: a large model's header costs nothing. */
function zeros(bytes: number): Iterable<Uint8Array> {
  return {
    *[Symbol.iterator]() {
      yield new Uint8Array(bytes);
    },
  };
}
