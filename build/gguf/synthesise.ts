import { type SmokeToken, smokeVocabulary } from './smoke-vocabulary.ts';
import { ones, tensor } from './smoke-weights.ts';
import { encodeGguf, type GgufTensor, type GgufValue } from './write.ts';

const layers = 12;
const width = 512;
const hidden = 1536;
const heads = 8;
const keyHeads = 4;
const headWidth = width / heads;

/** Bit patterns of fp32 and fp16 numbers: no rounding, hence the same bytes on every machine. */
const single = { tenThousand: 0x461c4000, epsilon: 0x3727c5ac };
const half = {
  perWeight512: 0x1000,
  perWeight1536: 0x0c00,
  perEmbedding: 0x2400,
  quarter: 0x3400,
  half: 0x3800,
};

const chatTemplate =
  "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}" +
  '{% if add_generation_prompt %}assistant: {% endif %}';

/**
 * A Llama of 38 million random Q8_0 weights, the same to the byte on every machine: enough for llama.cpp to
 * load, count and time tokens, and nothing to download.
 *
 * What it says is printable: channel 0 of the residual stream is a constant, as no layer reads or writes it
 * (column 0 of every input projection and row 0 of every output projection is 0), and the output rows of
 * tokens that must not appear look at this channel only, with a large negative weight. So it never ends an
 * answer by itself and never emits a broken UTF-8 sequence.
 */
export function synthesiseSmokeModel(): Generator<Uint8Array> {
  const vocabulary = smokeVocabulary();
  const said = vocabulary.map((token) => token.said);
  const tensors = [
    tensor('token_embd.weight', width, said.length, () => ({
      scale: half.perEmbedding,
      first: { scale: half.quarter, weight: 127 },
    })),
    ...Array.from({ length: layers }, (_, i) => layer(`blk.${i}`)).flat(),
    ones('output_norm.weight', width),
    tensor('output.weight', width, said.length, (row) =>
      said[row]
        ? { scale: half.perWeight512 }
        : { scale: 0, first: { scale: half.half, weight: -127 }, empty: true },
    ),
  ];
  return encodeGguf({ metadata: metadata(vocabulary), tensors });
}

function metadata(vocabulary: SmokeToken[]): [string, GgufValue][] {
  const u32 = (value: number): GgufValue => ({ type: 'uint32', value });
  const text = (value: string): GgufValue => ({ type: 'string', value });
  return [
    ['general.architecture', text('llama')],
    ['general.type', text('model')],
    ['general.name', text('ingot-smoke')],
    ['general.license', text('mit')],
    ['general.file_type', u32(7)],
    ['general.quantization_version', u32(2)],
    ['llama.vocab_size', u32(vocabulary.length)],
    ['llama.context_length', u32(2048)],
    ['llama.embedding_length', u32(width)],
    ['llama.block_count', u32(layers)],
    ['llama.feed_forward_length', u32(hidden)],
    ['llama.rope.dimension_count', u32(headWidth)],
    ['llama.rope.freq_base', { type: 'float32', value: single.tenThousand }],
    ['llama.attention.head_count', u32(heads)],
    ['llama.attention.head_count_kv', u32(keyHeads)],
    ['llama.attention.layer_norm_rms_epsilon', { type: 'float32', value: single.epsilon }],
    ['tokenizer.ggml.model', text('llama')],
    ['tokenizer.ggml.tokens', { type: 'array', of: 'string', values: vocabulary.map((token) => token.text) }],
    ['tokenizer.ggml.scores', { type: 'array', of: 'float32', values: vocabulary.map(() => 0) }],
    [
      'tokenizer.ggml.token_type',
      { type: 'array', of: 'int32', values: vocabulary.map((token) => token.type) },
    ],
    ['tokenizer.ggml.unknown_token_id', u32(0)],
    ['tokenizer.ggml.bos_token_id', u32(1)],
    ['tokenizer.ggml.eos_token_id', u32(2)],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
    ['tokenizer.ggml.add_space_prefix', { type: 'bool', value: false }],
    ['tokenizer.chat_template', text(chatTemplate)],
  ];
}

function layer(name: string): GgufTensor[] {
  const inner = () => ({ scale: half.perWeight512 });
  const outer = (scale: number) => (row: number) => ({ scale, empty: row === 0 });
  const keys = keyHeads * headWidth;
  return [
    ones(`${name}.attn_norm.weight`, width),
    tensor(`${name}.attn_q.weight`, width, width, inner),
    tensor(`${name}.attn_k.weight`, width, keys, inner),
    tensor(`${name}.attn_v.weight`, width, keys, inner),
    tensor(`${name}.attn_output.weight`, width, width, outer(half.perWeight512)),
    ones(`${name}.ffn_norm.weight`, width),
    tensor(`${name}.ffn_gate.weight`, width, hidden, inner),
    tensor(`${name}.ffn_up.weight`, width, hidden, inner),
    tensor(`${name}.ffn_down.weight`, hidden, width, outer(half.perWeight1536)),
  ];
}
