import { expect, test } from 'vitest';
import { breakEveryStep, signalFault } from './chain.ts';
import { prepare, sharedStore } from './fault-store.ts';
import { bounded, randomOf } from './random.ts';

const place = sharedStore();
const random = randomOf('signals');

// In the bounded part it is the build that the network has broken which is then stopped in every stage.
const first = place.stages[0]!.name;
const rounds: [title: string, from?: string][] = bounded
  ? [['that is left to do']]
  : Array.from({ length: 11 }, () => [`from ${first} on`, first]);
let signals = 0;
test.each(rounds)(
  'a build stopped in every stage %s, and in delivery, ends identical',
  async (_title, from) => {
    prepare(place, from);
    signals += await breakEveryStep({ place, fault: () => signalFault(random), random });
  },
);

test('each of them was struck; in the full run, more than 100', () => {
  expect(signals).toBeGreaterThan(bounded ? 0 : 100);
});
