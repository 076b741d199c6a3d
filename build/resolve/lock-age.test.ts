import { expect, it } from 'vitest';
import { validLock, validRecipe } from '../schema/fixture.ts';
import { ageWarnings } from './lock-age.ts';

const day = 86_400_000;
const lock = validLock();
const made = lock.sourceDateEpoch * 1000;

it.each([
  [0, []],
  [90, []],
  [91, [expect.stringContaining('the lock of small is 91 days old; the recipe allows 90')]],
])('%i days', (days, warnings) => {
  expect(ageWarnings(lock, validRecipe(), made + days * day + 1000)).toEqual(warnings);
});
