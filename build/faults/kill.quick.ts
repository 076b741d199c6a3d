import { test } from 'vitest';
import { assertInvariants } from './case.ts';
import { breakStep, signalFault } from './chain.ts';
import { prepare, sharedStore } from './fault-store.ts';
import { randomOf } from './random.ts';

const place = sharedStore();
const random = randomOf('kill');

// The last stage that takes seconds: the stages that it needs are not repeated.
test('a build that is killed in the stage iso leaves nothing behind, and the rerun gives the same bytes', async () => {
  prepare(place, 'iso');
  await assertInvariants([await breakStep(place, 'iso', signalFault(random, 'SIGKILL'), random)]);
});
