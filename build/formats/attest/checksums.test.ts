import { expect, it } from 'vitest';
import type { IngotError } from '../../model/errors.ts';
import { parseChecksums, renderChecksums } from './checksums.ts';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];

it('is a line per file, sorted, and is read back', () => {
  const text = renderChecksums({ 'x.iso.json': b, 'x.iso': a });
  expect(text).toBe(`${a}  x.iso\n${b}  x.iso.json\n`);
  expect(parseChecksums(text, 'sums')).toEqual({ 'x.iso': a, 'x.iso.json': b });
});

it.each([
  ['a cut line', `${a}  x.iso`],
  ['a short hash', `abc  x.iso\n`],
  ['a way up', `${a}  ../x.iso\n`],
  ['an empty line', `${a}  x.iso\n\n`],
])('refuses %s', (_what, text) => {
  expect(() => parseChecksums(text, 'x.SHA256SUMS')).toThrow(
    expect.objectContaining({ message: 'x.SHA256SUMS: is not a list of SHA-256 sums' }) as IngotError,
  );
});
