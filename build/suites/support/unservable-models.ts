import { bool, set, type TinyModel, text, tinyAdapter, u32, width } from '../../gguf/tiny-models.ts';
import type { GgufValue } from '../../gguf/write.ts';
import { architecture, changed, having, shaped } from './changed-models.ts';

/** A model that is well-formed, and what is said when it is refused. */
export type Unservable = [name: string, model: () => TinyModel, words: RegExp];

const template = 'tokenizer.chat_template';
const strings = (...values: string[]): GgufValue => ({ type: 'array', of: 'string', values });
const fewLayers = 2;

/** Hyperparameters that are missing, zero, or do not fit. */
const hyperparameters: Unservable[] = [
  ...['context_length', 'embedding_length', 'block_count', 'attention.layer_norm_rms_epsilon'].map(
    (key): Unservable => [
      `without ${key}`,
      changed((model) => model.values.delete(`llama.${key}`)),
      new RegExp(`key not found in model: llama\\.${key}`),
    ],
  ),
  ['without heads', having('llama.attention.head_count', u32(0)), /has wrong shape; expected +64, +0/],
  [
    'with heads that do not divide its width',
    having('llama.attention.head_count', u32(3)),
    /has wrong shape/,
  ],
  ['without layers', having('llama.block_count', u32(0)), /n_layer_all > 0/],
  ['without room for a token', having('llama.context_length', u32(0)), /the model has room for 0/],
  ['with an odd rotation', having('llama.rope.dimension_count', u32(7)), /invalid n_rot: 7/],
  ['with experts of whom none is used', having('llama.expert_count', u32(4)), /n_expert_used_max > 0/],
];

const vocabulary: Unservable[] = [
  ['without a tokenizer', changed(dropTokenizer), /key not found in model: tokenizer\.ggml\.model/],
  [
    'that says it has no vocabulary',
    changed((model) => {
      dropTokenizer(model);
      set(model, 'tokenizer.ggml', { model: text('no_vocab') });
      set(model, 'llama', { vocab_size: u32(260) });
    }),
    /Tokenizer not initialized/,
  ],
  ['with an unknown tokenizer', having('tokenizer.ggml.model', text('morse')), /unknown tokenizer: 'morse'/],
  [
    'without tokens',
    changed((model) => model.values.delete('tokenizer.ggml.tokens')),
    /cannot find tokenizer vocab/,
  ],
  [
    'with byte pairs but no merges',
    having('tokenizer.ggml.model', text('gpt2')),
    /cannot find tokenizer merges/,
  ],
  [
    'with an unknown pre-tokenizer',
    changed((model) =>
      set(model, 'tokenizer.ggml', { model: text('gpt2'), merges: strings('a b'), pre: text('semaphore') }),
    ),
    /unknown pre-tokenizer type: 'semaphore'/,
  ],
  [
    'whose tokens make no text',
    changed((model) => set(model, 'tokenizer.ggml', { model: text('gpt2'), merges: strings('a b') })),
    /its tokenizer makes no tokens of a text/,
  ],
  [
    'with more rows than tokens',
    shaped({ 'token_embd.weight': [width, 300] }),
    /'token_embd\.weight' has wrong shape/,
  ],
  [
    'with fewer rows than tokens',
    shaped({ 'token_embd.weight': [width, 200] }),
    /'token_embd\.weight' has wrong shape/,
  ],
];

const tensors: Unservable[] = [
  ...['token_embd.weight', 'output_norm.weight', 'blk.1.ffn_up.weight'].map(
    (name): Unservable => [
      `without ${name}`,
      changed((model) => model.tensors.delete(name)),
      new RegExp(`tensor '${name}' not found`),
    ],
  ),
  [
    'with a layer too many',
    having('llama.block_count', u32(fewLayers - 1)),
    /wrong number of tensors; expected 21, got 12$/,
  ],
  [
    'with layers of a draft',
    shaped({ 'blk.2.nextn.eh_proj.weight': [width, width] }),
    /\(MTP\), as blk\.2\.nextn/,
  ],
  [
    'with a matrix cut in half',
    shaped({ 'blk.0.attn_q.weight': [width, width / 2] }),
    /'blk\.0\.attn_q\.weight' has wrong shape/,
  ],
];

const templates: Unservable[] = [
  [
    'with a template that breaks off',
    having(template, text('{% for m in messages %}{{ m')),
    /chat template: /,
  ],
  [
    'with a template that refuses',
    having(template, text("{{ raise_exception('on Sundays') }}")),
    /on Sundays/,
  ],
  [
    'with an unknown filter',
    having(template, text('{% for m in messages %}{{ m.content | rot13 }}{% endfor %}')),
    /rot13/,
  ],
  [
    'with a template that calls itself',
    having(template, text('{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}')),
    /crashes in a memory access/,
  ],
  [
    'with a template that says one thing only',
    having(template, text('hello')),
    /leaves out what the user says/,
  ],
];

const kinds: Unservable[] = [
  ['an adapter', tinyAdapter, /is a LoRA adapter, no model by itself.*key not found/],
  ['a projector', architecture('clip'), /is a projector.*CLIP cannot be used as main model/],
  ['a draft', architecture('eagle3'), /is a draft for speculative decoding/],
  ['an importance matrix', having('general.type', text('imatrix')), /is an importance matrix/],
  [
    'a diffusion model',
    architecture('llada'),
    /neither causal nor pooled: causal attn = 0, pooling type = -1/,
  ],
  [
    'of another kind of attention',
    having('llama.attention.causal', bool(false)),
    /neither causal nor pooled/,
  ],
  [
    'an architecture without its keys',
    architecture('mamba'),
    /key not found in model: mamba\.ssm\.conv_kernel/,
  ],
];

export const unservable: Unservable[] = [
  ...hyperparameters,
  ...vocabulary,
  ...tensors,
  ...templates,
  ...kinds,
];

function dropTokenizer({ values }: TinyModel): void {
  for (const key of [...values.keys()].filter((key) => key.startsWith('tokenizer.ggml.'))) values.delete(key);
}
