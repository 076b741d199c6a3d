import { describe, expect, it } from 'vitest';
import { before, type DamageCase, enlarged, fixed, itRefuses, past, u8, u32, u64, values } from './damage.ts';
import { encoded, lengthAt, sourceOf, tinyContent } from './fixture.ts';
import { validateGguf } from './validate.ts';
import type { GgufValue } from './write.ts';

const max64 = 2n ** 64n - 1n;
const alignment = 'general.alignment';
const tokens = 'tokenizer.ggml.tokens';
const string = (value: string): GgufValue => ({ type: 'string', value });
const number = (type: 'uint16' | 'uint32' | 'int32', value: number): GgufValue => ({ type, value });
const longKey = 'k'.repeat(65536);
const manyKeys = Object.fromEntries(
  Array.from({ length: 65 }, (_, i) => [String(i).padEnd(65000, 'k'), string('')]),
);
const firstKeyOver = String(64).padEnd(65000, 'k');

const header: DamageCase[] = [
  ['empty file', () => [Buffer.alloc(0), 0], /file is empty/],
  ['ends inside the magic', (file) => [file.subarray(0, 3), 0], /file ends at 3, inside magic/],
  ['ends inside the version', (file) => [file.subarray(0, 6), 4], /file ends at 6, inside version/],
  [
    'ends inside the tensor count',
    (file) => [file.subarray(0, 12), 8],
    /file ends at 12, inside tensor count/,
  ],
  ['ends inside the key count', (file) => [file.subarray(0, 23), 8], /tensor count is 3, more than fits/],
  ['bad magic', u32(fixed(0), 0x4c4d5448), /magic is "HTML", not "GGUF"/],
  ['version 0', u32(fixed(4), 0), /version 0 is not supported/],
  ['version 1', u32(fixed(4), 1), /version 1 is not supported/],
  ['future version', u32(fixed(4), 4), /version 4 is not supported/],
  ['byte-swapped version', u32(fixed(4), 0x03000000), /byte-swapped \(big-endian\)/],
  ['no tensors', () => [encoded({ ...tinyContent(), tensors: [] }), 8], /tensor count is 0/],
  ['too many tensors', u64(fixed(8), 1000n), /tensor count is 1000, more than fits/],
  ['tensor count of 2^64-1', u64(fixed(8), max64), /tensor count is 18446744073709551615, more than fits/],
  ['tensor count over the cap', enlarged(2e6, u64(fixed(8), 65537n)), /tensor count is 65537, over 65536/],
  ['too many keys', u64(fixed(16), 1000n), /key count is 1000, more than fits/],
  [
    'key count whose size wraps to 12',
    u64(fixed(16), max64 / 14n + 1n),
    /key count is \d{19}, more than fits/,
  ],
  ['key count over the cap', enlarged(1e6, u64(fixed(16), 65537n)), /key count is 65537, over 65536/],
];

const keys: DamageCase[] = [
  [
    'key length over the rest',
    u64(before('split.no'), 99999n),
    /length of key is 99999, more than the remaining/,
  ],
  ['key length of 2^64-1', u64(before('split.no'), max64), /length of key is 18446744073709551615, more/],
  [
    'key over 65535 bytes',
    values({ [longKey]: string('') }, before(longKey)),
    /key has 65536 bytes, over 65535/,
  ],
  [
    'keys over 4 MiB together',
    values(manyKeys, before(firstKeyOver)),
    /keys together are over 4194304 bytes/,
  ],
  ['empty key', u64(before('split.no'), 0n), /key is empty/],
  ['key that is not UTF-8', u8(past('split.no', -8), 0xff, past('split.no', -8)), /key is not valid UTF-8/],
  ['key with a NUL', u8(past('split.no', -1), 0, past('split.no', -8)), /key has a control character/],
  ['duplicate key', duplicateKey, /duplicate key "split.no"/],
  [
    'unknown value type',
    u32(past(alignment), 13),
    /value type of "general.alignment" is 13, which is unknown/,
  ],
  [
    'ends inside a key',
    (file) => [file.subarray(0, lengthAt(file, 'split.no') + 12), lengthAt(file, 'split.no')],
    /length of key is 8, more than the remaining 4/,
  ],
  [
    'ends inside the length of a key',
    (file) => [file.subarray(0, lengthAt(file, 'split.no') + 3), lengthAt(file, 'split.no')],
    /file ends at \d+, inside length of key/,
  ],
];

const arrays: DamageCase[] = [
  ['unknown element type', u32(past(tokens, 4), 99), /element type of .* is 99, which is unknown/],
  ['array of arrays', u32(past(tokens, 4), 9), /"tokenizer.ggml.tokens" is an array of arrays/],
  ['element count over the rest', u64(past('test.flags', 8), 5000n), /has 5000 elements of 1 bytes or more/],
  ['string count over the rest', u64(past(tokens, 8), 5000n), /has 5000 elements of 8 bytes or more/],
  [
    'array whose size wraps to 0',
    u64(past('tokenizer.ggml.scores', 8), 2n ** 62n),
    /has 4611686018427387904 elements/,
  ],
  [
    'array over the cap',
    enlarged(2 ** 24, u64(past('test.flags', 8), 2n ** 24n + 1n)),
    /elements, over 16777216/,
  ],
  [
    'string in an array over the rest',
    u64(past(tokens, 16), max64),
    /length of string 0 of .* is 18446744073709551615/,
  ],
  [
    'string over the rest',
    u64(past('general.name', 4), 99999n),
    /value of "general.name" is 99999, more than/,
  ],
  ['bool that is 2', u8(past('tokenizer.ggml.add_bos_token', 4), 2), /bool in .* is 2, not 0 or 1/],
  ['bool in an array that is 255', u8(past('test.flags', 17), 255), /bool in "test.flags" is 255/],
];

describe('header', () => itRefuses(header));
describe('keys', () => itRefuses(keys));
describe('arrays and strings', () => itRefuses(arrays));

it('returns what the header says', async () => {
  expect(await validateGguf(sourceOf(encoded(tinyContent())), 'tiny')).toEqual({
    version: 3,
    architecture: 'llama',
    name: 'tiny',
    parameters: 8 + 128 + 8,
    fileType: 7,
    tensorCount: 3,
    contextLength: 64,
    blockCount: 1,
    dataOffset: expect.any(Number),
    alignment: 32,
    trailingBytes: 0,
  });
});

it.each<[string, GgufValue, string | undefined]>([
  ['a name', { type: 'string', value: 'apache-2.0' }, 'apache-2.0'],
  ['two lines', { type: 'string', value: 'mit\nor so' }, 'mit\nor so'],
  ['a whole text', { type: 'string', value: 'x'.repeat(5000) }, undefined],
  ['a number', number('uint32', 1), undefined],
])('tells a licence that is %s, and refuses no model for it', async (_what, value, licence) => {
  const content = tinyContent();
  const file = encoded({ ...content, metadata: [...content.metadata, ['general.license', value]] });
  expect((await validateGguf(sourceOf(file), 'tiny')).licence).toBe(licence);
});

it('takes version 2, and a merged model, whose split.count is 0', async () => {
  const content = tinyContent();
  const metadata = content.metadata.map(([key, value]): [string, GgufValue] =>
    key === 'split.count' ? [key, number('uint16', 0)] : [key, value],
  );
  const file = encoded({ ...content, metadata });
  file.writeUInt32LE(2, 4);
  expect(await validateGguf(sourceOf(file), 'tiny')).toMatchObject({ version: 2 });
});

function duplicateKey(): [Buffer, number] {
  const content = tinyContent();
  const file = encoded({ ...content, metadata: [...content.metadata, ['split.no', number('uint16', 0)]] });
  return [file, file.lastIndexOf('split.no') - 8];
}

it.each([
  ['a web page', '<!doctype html>', /\/resolve\//],
  ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1', /git lfs pull/],
  ['an archive', 'PK\x03\x04', /unpack/],
])('says what to do with %s in place of a model', async (_what, text, hint) => {
  const file = Buffer.concat([Buffer.from(text), Buffer.alloc(64)]);
  await expect(validateGguf(sourceOf(file), 'model x')).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    hint: expect.stringMatching(hint),
  });
});
