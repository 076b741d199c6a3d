import { expect, it } from 'vitest';
import type { IngotError } from '../../model/errors.ts';
import { unixText } from './unix-text.ts';

const of = (bytes: string | number[]) => unixText(Buffer.from(bytes as string), 'overlay x', '/x');

it.each(['', 'a\n', 'grüß\nb', '#!/bin/sh\nprintf "\\r\\n"\n', 'a\rb\n'])('takes %j as it is', (text) => {
  expect(of(text)).toBe(text);
});

it.each<[string, string | number[], string, string]>([
  ['CRLF', 'a\nb\r\nc\r\n', 'has line ends of Windows (CRLF), the first in line 2', "sed -i 's/\\r$//' /x"],
  ['CRLF without an end', '#!/bin/sh\r', 'has line ends of Windows (CRLF), the first in line 1', 'sed'],
  [
    'both',
    '\ufeffa\r\n',
    'begins with a byte order mark, before which nothing else may stand, and has line ends of Windows',
    "sed -i '1s/^\\xef\\xbb\\xbf//; s/\\r$//' /x",
  ],
  ['a mark of UTF-8', '\ufeff#!/bin/sh\n', 'begins with a byte order mark', 'sed -i'],
  ['UTF-16', [0xff, 0xfe, 0x61, 0], 'is UTF-16', 'iconv'],
  ['UTF-16 the other way', [0xfe, 0xff, 0, 0x61], 'is UTF-16', 'iconv'],
  ['Latin-1', [0x67, 0x72, 0xfc, 0xdf, 0x0a], 'is no UTF-8', 'UTF-8'],
])('refuses %s by name', (_what, bytes, says, hint) => {
  expect(() => of(bytes)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/^overlay x /),
      hint: expect.stringContaining(hint),
    }) as IngotError,
  );
  expect(() => of(bytes)).toThrow(says);
});
