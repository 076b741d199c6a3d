import { expect, it } from 'vitest';
import { dataRanges, type Extent } from './data-ranges.ts';

/** `d` and `.` are ten bytes of data and of zeros. */
function extents(text: string): Extent[] {
  return [...text].map((letter, index) => ({ start: index * 10, length: 10, zero: letter === '.' }));
}

const bordersOf = (text: string, unit: number, share: number) =>
  dataRanges(extents(text), { unit, share }).map(({ start, end }) => `${start}-${end}`);

it.each([
  ['cuts where a share of the data is full', 'dddddd', 10, 20, ['0-20', '20-40', '40-60']],
  ['counts no zeros', 'd...d.dd', 10, 20, ['0-50', '50-80']],
  ['takes what is left, and zeros behind the data, as the last', 'ddd..', 10, 20, ['0-20', '20-50']],
  ['cuts at whole units only', 'dddddd', 40, 20, ['0-40', '40-60']],
  ['cuts within an extent', 'dd', 5, 5, ['0-5', '5-10', '10-15', '15-20']],
  ['makes one of a disk without data', '...', 10, 20, ['0-30']],
])('%s', (_what, text, unit, share, borders) => {
  expect(bordersOf(text, unit, share)).toEqual(borders);
});
