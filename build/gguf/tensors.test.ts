import { describe, expect, it } from 'vitest';
import { before, type DamageCase, itRefuses, past, u8, u32, u64 } from './damage.ts';
import { encoded, sourceOf, tinyContent } from './fixture.ts';
import { removedTensorTypes } from './types.ts';
import { validateGguf } from './validate.ts';

const max64 = 2n ** 64n - 1n;
/** After the name of a matrix: dimension count 4, two dimensions, type 4, data offset 8. */
const [first, second, type, offset] = [4, 12, 20, 24];

const names: DamageCase[] = [
  ['name over 63 bytes', u64(before('two'), 64n), /tensor name has 64 bytes, over 63/],
  ['name over the rest', u64(before('two'), max64), /length of tensor name is 18446744073709551615, more/],
  ['empty name', u64(before('two'), 0n), /tensor name is empty/],
  ['name not UTF-8', u8(past('two', -3), 0xff, past('two', -3)), /tensor name is not valid UTF-8/],
  ['name with a NUL', u8(past('two', -1), 0, past('two', -3)), /tensor name has a control character/],
  ['duplicate name', duplicateName, /duplicate tensor name "two"/],
];

const shapes: DamageCase[] = [
  ['five dimensions', u32(past('two'), 5), /dimension count of "two" is 5, over 4/],
  ['negative dimension', u64(past('two', second), max64), /dimension 1 of "two" is negative: -1/],
  [
    'dimension of 2^63',
    u64(past('two', first), 2n ** 63n),
    /dimension 0 of "two" is negative: -9223372036854775808/,
  ],
  ['elements over 2^63', u64(past('two', second), 2n ** 58n), /element count of "two" overflows 63 bits/],
  [
    'elements over 2^63 beside a zero',
    (file) => {
      file.writeUInt32LE(3, past('two')(file));
      file.writeBigUInt64LE(2n ** 40n, past('two', first)(file));
      file.writeBigUInt64LE(0n, past('two', second)(file));
      file.writeBigUInt64LE(2n ** 40n, past('two', type)(file));
      return past('two', type)(file);
    },
    /element count of "two" overflows 63 bits/,
  ],
  [
    'bytes over 2^63',
    u64(past('one', second), 2n ** 60n, past('one', first)),
    /byte size of "one" is 18446744073709551616/,
  ],
  [
    'row that is no multiple of a block',
    u64(past('two', first), 65n),
    /first dimension of "two" is 65, not a multiple of 32 as Q8_0/,
  ],
];

const types: DamageCase[] = [
  ['unknown type', u32(past('two', type), 43), /type of "two" is 43, which is unknown/],
  ['type of 2^32-1', u32(past('two', type), 2 ** 32 - 1), /type of "two" is 4294967295, which is unknown/],
  ...[...removedTensorTypes].map(
    ([id, name]): DamageCase => [
      `removed type ${name}`,
      u32(past('two', type), id),
      new RegExp(`type of "two" is ${id} \\(${name}\\), which was removed`),
    ],
  ),
];

const data: DamageCase[] = [
  ['offset not aligned', u64(past('two', offset), 33n), /data offset of "two" is 33, not aligned to 32/],
  ['offset that leaves a gap', u64(past('two', offset), 64n), /data offset of "two" is 64, expected 32/],
  [
    'offset into another tensor',
    u64(past('six', offset - 8), 32n),
    /data offset of "six" is 32, expected 192/,
  ],
  [
    'offset beyond the file',
    u64(past('one', offset), 2n ** 40n),
    /data offset of "one" is 1099511627776, expected 0/,
  ],
  [
    'last tensor longer than the file',
    u64(past('six', first), 4096n, past('six', offset - 8)),
    /data of "six" ends at \d+, beyond/,
  ],
  [
    'one byte short',
    (file) => [file.subarray(0, -1), past('six', offset - 8)(file)],
    /data of "six" ends at \d+, beyond/,
  ],
  [
    'no data',
    (file) => [file.subarray(0, past('six', offset)(file)), past('one', offset)(file)],
    /data of "one" ends at/,
  ],
  [
    'ends inside a tensor info',
    (file) => [file.subarray(0, past('six', 6)(file)), past('six', first)(file)],
    /file ends at \d+, inside dimension 0 of "six"/,
  ],
];

describe('tensor names', () => itRefuses(names));
describe('tensor shapes', () => itRefuses(shapes));
describe('tensor types', () => itRefuses(types));
describe('tensor data', () => itRefuses(data));

it('takes a tensor without dimensions, and one with a dimension of 0, as llama.cpp does', async () => {
  const content = tinyContent();
  const tensors = [
    { name: 'scalar', dims: [], type: 0, data: [new Uint8Array(4)] },
    { name: 'none', dims: [32, 0], type: 8, data: [] },
    ...content.tensors,
  ];
  const summary = await validateGguf(sourceOf(encoded({ ...content, tensors })), 'tiny');
  expect(summary).toMatchObject({ tensorCount: 5, parameters: 1 + 144 });
});

function duplicateName(): [Buffer, number] {
  const content = tinyContent();
  const file = encoded({ ...content, tensors: [...content.tensors, content.tensors[1]!] });
  return [file, file.lastIndexOf('two') - 8];
}
