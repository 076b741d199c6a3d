import { expect, it } from 'vitest';
import { type Header, judgeServable, remarksOf } from './servable.ts';

const whole: Header = { trailingBytes: 0 };
const chat = [
  '0.00.099.953 I print_info: arch                  = llama',
  '0.00.100.000 I print_info: n_ctx_train           = 256',
  '0.00.100.100 I print_info: causal attn           = 1',
  '0.00.100.100 I print_info: pooling type          = -1',
  '0.00.204.291 I llama_completion: chat template example:',
  'system: You are a helpful assistant',
  'user: How are you?',
  'assistant: ',
  '0.00.204.363 I llama_completion: number of tokens in prompt = 34',
  'ended with status 0',
];
/** What llama.cpp says of a model that it loads, with one of its lines changed. */
const says = (from = '', to = '') => chat.join('\n').replace(from, to);
const fails = (status: number, ...lines: string[]) =>
  [...lines, `ended with status ${status}`, ''].join('\n');

it.each<[string, string, string]>([
  ['chat', says(), 'chat'],
  ['chat, when it has pooling of none', says('= -1', '= 0'), 'chat'],
  ['embedding, by the mean', says('= -1', '= 1'), 'embed'],
  ['embedding, by the last token', says('= -1', '= 3'), 'embed'],
  ['embedding, when it is not causal', says('= 1\n', '= 0\n').replace('= -1', '= 2'), 'embed'],
  ['rerank', says('= -1', '= 4'), 'rerank'],
  [
    'chat, when the rendered turn is longer than the context that it is tried with',
    says(
      'ended with status 0',
      '0.01.000.000 E llama_completion: prompt is too long (600 tokens, max 508)\nended with status 1',
    ),
    'chat',
  ],
])('says that a model serves for %s', (_what, said, role) => {
  expect(judgeServable(said, whole)).toMatchObject({ role, remarks: [] });
});

it.each<[string, string, string]>([
  [
    'the first error in the log',
    fails(
      1,
      '0.00.063.168 E llama_model_load: error loading model: done_getting_tensors: wrong number of tensors; expected 22, got 21',
      '0.00.063.309 E llama_model_load_from_file_impl: failed to load model',
    ),
    'done_getting_tensors: wrong number of tensors; expected 22, got 21',
  ],
  [
    'an error about the chat template, as one',
    fails(
      134,
      '0.00.111.482 E common_chat_templates_init: error: Unexpected token type',
      'terminate called after throwing an instance of',
      '  what():  std::exception',
    ),
    'chat template: Unexpected token type',
  ],
  [
    'an exception of several lines',
    fails(
      134,
      '  what():  Automatic parser generation failed: ',
      'Error: Jinja Exception: only Sundays',
      '0.00 I x',
    ),
    'Automatic parser generation failed: Error: Jinja Exception: only Sundays',
  ],
  [
    'an assertion',
    fails(134, './src/llama-model.cpp:1417: GGML_ASSERT(n_expert_used_max > 0) failed'),
    'GGML_ASSERT(n_expert_used_max > 0) failed',
  ],
  ['a text without tokens', fails(255, '0.00.1 E input is empty'), 'its tokenizer makes no tokens of a text'],
  ['a crash', fails(139), 'it crashes in a memory access'],
  [
    'a division by zero',
    fails(136),
    'it crashes in a division by zero, as by a number of the header that is 0',
  ],
  ['a loop', fails(124), 'it comes to no end'],
  ['an unknown end', fails(7), 'it ends with status 7'],
  ['output without an end', 'x', 'it ends with status NaN'],
  [
    'a diffusion model',
    says('= 1\n', '= 0\n'),
    'it loads the model, but serves none that is neither causal nor pooled: causal attn = 0, pooling type = -1',
  ],
  [
    'a template without the user',
    says('How are you?', ''),
    "the model's chat template leaves out what the user says",
  ],
  [
    'a context that is too small',
    says('= 256', '= 34'),
    'one chat turn takes 34 tokens, and the model has room for 34',
  ],
  ['no kind', says('causal attn', 'x'), 'it does not print what kind of model this is'],
])('gives as the reason %s', (_what, said, refusal) => {
  expect(judgeServable(said, whole)).toEqual({ refusal });
});

it('names the draft whose layers are left over', () => {
  const said = fails(
    1,
    '0.0.0 E llama_model_load: error loading model: wrong number of tensors; expected 2, got 1',
  );
  expect(judgeServable(said, { ...whole, draftTensor: 'mtp.0.proj.weight' })).toEqual({
    refusal: expect.stringMatching(/got 1; .*\(MTP\), as mtp\.0\.proj\.weight$/),
  });
});

it('refuses what goes beside a model, though it loads', () => {
  expect(judgeServable(says(), { ...whole, part: 'a LoRA adapter' })).toHaveProperty('refusal');
});

it('remarks on bytes that belong to nothing, and on a missing chat template', () => {
  expect(remarksOf({ trailingBytes: 7 })).toEqual(['7 bytes behind its last tensor belong to nothing']);
  const without = says(
    '0.00.204.291',
    '0.00.117 W x: chat template is not available or is not supported\n0.00.204.291',
  );
  expect(judgeServable(without, { trailingBytes: 7 })).toMatchObject({
    role: 'chat',
    remarks: [expect.stringContaining('7 bytes'), expect.stringContaining('ChatML')],
  });
});
