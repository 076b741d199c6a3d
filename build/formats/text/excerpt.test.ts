import { expect, it } from 'vitest';
import { excerpt, excerptLines } from './excerpt.ts';

it.each([
  ['short', 'short'],
  ['x'.repeat(20), 'x'.repeat(20)],
  [`START${'x'.repeat(20)}END`, `STARTxxxxx\n… 8 characters left out …\nxxxxxxxEND`],
])('keeps start and end of %j', (text, expected) => {
  expect(excerpt(text, { start: 10, end: 10 })).toBe(expected);
});

it('keeps the first and the last lines', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');
  const kept = { start: 1, end: 2 };
  expect(excerptLines(lines(3), kept)).toBe(lines(3));
  expect(excerptLines(lines(4), kept)).toBe('line 1\n… 1 line left out …\nline 3\nline 4');
  expect(excerptLines(lines(9), kept)).toBe('line 1\n… 6 lines left out …\nline 8\nline 9');
});
