import { expect, it } from 'vitest';
import { nameRules } from './names.ts';

it.each<[string, string[], [name: string, problem: RegExp][]]>([
  [
    'user-name',
    ['ann', 'a', 'x-1_y', 'no', 'a'.repeat(31)],
    [
      ['', /^is not made of/],
      ['a'.repeat(32), /^has 32 characters, and at most 31 are possible$/],
      ['Ann', /^is not made of letters a to z/],
      ['1000', /after a letter$/],
      ['_apt', /after a letter$/],
      ['-ann', /after a letter$/],
      ['ann.b', /^is not made of/],
      ['änn', /^is not made of/],
      ['ann b', /^is not made of/],
      ['ann$', /^is not made of/],
      ['ann\n', /^is not made of/],
    ],
  ],
  [
    'host-name',
    ['box', 'b', '2box', 'box-2', 'a'.repeat(63)],
    [
      ['', /^is not made of/],
      ['a'.repeat(64), /^has 64 characters, and at most 63/],
      ['box-', /letter or digit at both ends$/],
      ['-box', /letter or digit at both ends$/],
      ['box_1', /^is not made of/],
      ['box.example', /^is not made of/],
      ['Box', /^is not made of/],
      ['localhost', /^means every machine itself/],
      ['ip6-loopback', /^means every machine itself/],
      ['10', /^is read as an address/],
      ['0x7f', /^is read as an address/],
      ['box\n', /^is not made of/],
    ],
  ],
  [
    'recipe-name',
    ['box', '2-boxes.v1', 'a'.repeat(48)],
    [
      ['box+2', /^is not made of/],
      ['.box', /both ends$/],
      ['box.', /both ends$/],
      ['a/b', /^is not made of/],
      ['a'.repeat(49), /^has 49 characters/],
    ],
  ],
  [
    'model-name',
    ['smoke', 'qwen2.5-0.5b', 'a'.repeat(200)],
    [
      ['a'.repeat(201), /^has 201 characters/],
      ['a b', /^is not made of/],
      ['../up', /^is not made of/],
      ['-m', /^is not made of/],
    ],
  ],
  [
    'partition-name',
    ['root', 'a'.repeat(36)],
    [
      ['a'.repeat(37), /^has 37 characters, and at most 36/],
      ['Root', /^is not made of/],
      ['a/b', /^is not made of/],
      ['', /^is not made of/],
    ],
  ],
  [
    'module-name',
    ['virtio_blk', 'BusLogic', '8139too'],
    [
      ['virtio-blk', /^is not made of letters, digits and underscores$/],
      ['x.ko', /^is not made of/],
      ['a b', /^is not made of/],
      ['a'.repeat(56), /^has 56 characters/],
    ],
  ],
  [
    'kernel-word',
    ['quiet', 'console=ttyS0,115200', 'root=PARTUUID=a-b'],
    [
      ['a b', /^is not made of printable ASCII/],
      ['a="b"', /^is not made of/],
      ['é', /^is not made of/],
      ['', /^is not made of/],
    ],
  ],
  [
    'one-line',
    ['a server', 'für alle', ''],
    [
      ['a\nb', /^is more than one line of text$/],
      ['a\u2028b', /^is more than one line of text$/],
      ['\u001b[31m', /^is more than one line/],
      ['a'.repeat(201), /^has 201 characters/],
    ],
  ],
])('%s takes %j, and says what is wrong with others', (rule, good, bad) => {
  const problem = nameRules[rule]!;
  expect(good.map((name) => problem(name))).toEqual(good.map(() => undefined));
  for (const [name, told] of bad) expect(problem(name), JSON.stringify(name)).toMatch(told);
});
