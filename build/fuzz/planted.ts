import { IngotError } from '../model/errors.ts';
import { type FuzzTarget, Violation } from './judge.ts';

const seed = 'good input, with a number: 7';

/** Test input: parsers with one defect each, which the fuzzer must find. */
export const targets: FuzzTarget[] = [
  planted('sound', () => {}),
  planted('thrown', (text) => {
    // Only inputs with this in them are faulty, and the smallest of them is this alone.
    if (text.includes('ad')) (undefined as unknown as string).trim();
  }),
  planted('endless', (text) => {
    for (; text.length < 12; );
  }),
  planted('slow', (text) => {
    const end = process.cpuUsage().user + 1_300_000;
    while (text.length === 12 && process.cpuUsage().user < end);
  }),
  planted('large', (text) => {
    if (text.length < 12) Buffer.alloc(300 * 1024 * 1024, 1);
  }),
  planted('larger than the heap', (text) => {
    for (const kept: number[][] = []; text.length < 12; ) kept.push(Array(10_000).fill(1.5));
  }),
  planted('nameless', () => {
    throw new IngotError('INPUT_INVALID', 'wrong');
  }),
  planted('other code', () => {
    throw new IngotError('INTERNAL', 'input x: wrong');
  }),
  planted('credulous', (text) => {
    if (text.includes('8')) throw new Violation('an 8');
  }),
];

/** Inputs are the seed, cut, with a letter or digit changed. */
function planted(name: string, check: (text: string) => void): FuzzTarget {
  return {
    name,
    input(random) {
      const at = random.below(seed.length);
      const changed = seed.slice(0, at) + random.pick([...'abcdefgh0123456789']) + seed.slice(at + 1);
      return changed.slice(0, 10 + random.below(300));
    },
    check: (input) => check(input as string),
    refuses: { code: 'INPUT_INVALID', message: /^input x: / },
  };
}
