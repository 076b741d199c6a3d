import { describe } from 'vitest';
import { type DamageCase, itRefuses, past, u8, u32, values } from './damage.ts';
import { lengthAt } from './fixture.ts';
import type { GgufValue } from './write.ts';

const architecture = 'general.architecture';
const alignment = 'general.alignment';
const template = 'tokenizer.chat_template';
const tokens = 'tokenizer.ggml.tokens';
const string = (value: string): GgufValue => ({ type: 'string', value });
const number = (type: 'uint16' | 'uint32' | 'int32', value: number): GgufValue => ({ type, value });

const rules: DamageCase[] = [
  ['alignment of another type', u32(past(alignment), 6), /general.alignment is float32, not uint32/],
  ['alignment 0', u32(past(alignment, 4), 0), /general.alignment is 0, not a power of two/],
  ['alignment 48', u32(past(alignment, 4), 48), /general.alignment is 48, not a power of two/],
  ['alignment 4', u32(past(alignment, 4), 4), /general.alignment is 4, not a power of two from 8/],
  ['alignment 2 MiB', u32(past(alignment, 4), 2 ** 21), /general.alignment is 2097152, not a power/],
  ['no architecture', values({ [architecture]: undefined }, metadataEnd), /general.architecture is missing/],
  [
    'architecture of another type',
    values({ [architecture]: number('uint32', 1) }, past(architecture)),
    /general.architecture is uint32, not string/,
  ],
  [
    'unknown architecture',
    u8(past(architecture, 12), 0x6d, past(architecture, 4)),
    /general.architecture "mlama" is not in the allow-list/,
  ],
  ['architecture not UTF-8', u8(past(architecture, 12), 0xff), /value of .* is not valid UTF-8/],
  [
    'name over 4096 bytes',
    values({ 'general.name': string('n'.repeat(4097)) }, past('general.name', 4)),
    /has 4097 bytes/,
  ],
  ['513 blocks', u32(past('llama.block_count', 4), 513), /llama.block_count is 513, over 512/],
  [
    'block count of another type',
    u32(past('llama.block_count'), 5),
    /llama.block_count is int32, not uint32/,
  ],
  [
    'head counts of another type',
    u32(past('llama.attention.head_count', 4), 6),
    /is array of float32, not uint32 or/,
  ],
  [
    'tokens of numbers',
    values({ [tokens]: { type: 'array', of: 'uint32', values: [1, 2, 3] } }, past(tokens, 4)),
    /array of uint32, not array of string/,
  ],
  [
    'tokens no array',
    values({ [tokens]: string('a') }, past(tokens)),
    /tokens is string, not array of string/,
  ],
  [
    'scores of integers',
    u32(past('tokenizer.ggml.scores', 4), 5),
    /scores is array of int32, not array of float32/,
  ],
  [
    'token types unsigned',
    u32(past('tokenizer.ggml.token_type', 4), 4),
    /is array of uint32, not array of int32/,
  ],
  [
    'merges of numbers',
    values(
      { 'tokenizer.ggml.merges': { type: 'array', of: 'int32', values: [1] } },
      past('tokenizer.ggml.merges', 4),
    ),
    /is array of int32, not array of string/,
  ],
  [
    'two scores for three tokens',
    values(
      { 'tokenizer.ggml.scores': { type: 'array', of: 'float32', values: [0, 0] } },
      past('tokenizer.ggml.scores', 8),
    ),
    /scores has 2 elements, tokenizer.ggml.tokens has 3/,
  ],
  [
    'four token types for three tokens',
    values(
      { 'tokenizer.ggml.token_type': { type: 'array', of: 'int32', values: [1, 1, 1, 1] } },
      past('tokenizer.ggml.token_type', 8),
    ),
    /token_type has 4 elements, .* has 3/,
  ],
  [
    'chat template over 1 MiB',
    values({ [template]: string('x'.repeat(2 ** 20 + 1)) }, past(template, 4)),
    /chat template .* has 1048577 bytes, over 1048576/,
  ],
  [
    'named chat template over 1 MiB',
    values({ [`${template}.tools`]: string('x'.repeat(2 ** 20 + 1)) }, past(`${template}.tools`, 4)),
    /chat template .* has 1048577 bytes/,
  ],
  [
    'chat template of another type',
    values({ [template]: number('int32', 1) }, past(template)),
    /is int32, not string/,
  ],
  [
    'one part of three',
    values({ 'split.count': number('uint16', 3) }, past('split.count', 4)),
    /one of 3 parts .* its name does not say which/,
  ],
  [
    'part 1 of 1',
    values({ 'split.no': number('uint16', 1) }, past('split.no', 4)),
    /split.no is 1, not below the 1 of split.count/,
  ],
  [
    'part 4 of 3',
    values({ 'split.no': number('uint16', 4), 'split.count': number('uint16', 3) }, past('split.no', 4)),
    /split.no is 4, not below the 3/,
  ],
  [
    'split count of another type',
    values({ 'split.count': number('uint32', 1) }, past('split.count')),
    /split.count is uint32, not uint16/,
  ],
];

describe('metadata', () => itRefuses(rules));

/** The first tensor's name follows the metadata. */
function metadataEnd(file: Buffer): number {
  return lengthAt(file, 'one');
}
