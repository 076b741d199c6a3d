import { expect, it } from 'vitest';
import { formatBytes, formatDuration, parseMebibytes } from './size.ts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [613.25 * 2 ** 20, '613.3 MiB'],
  [5 * 2 ** 30, '5.0 GiB'],
  [3 * 2 ** 50, '3072.0 TiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, '0.0 s'],
  [4249, '4.2 s'],
  [60_000, '1 min 00 s'],
  [185_900, '3 min 05 s'],
])('%d ms are %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it('reads sizes of whole numbers with a binary unit', () => {
  expect(['512MiB', '12GiB', '2TiB'].map((text) => parseMebibytes('--x', text))).toEqual([
    512, 12288, 2097152,
  ]);
});

it.each(['12', '12GB', '0GiB', '1.5GiB', '-1GiB', '12 GiB', ''])('refuses the size "%s"', (text) => {
  expect(() => parseMebibytes('--x', text)).toThrow(`--x ${text} is not a size`);
});
