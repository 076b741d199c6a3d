import { daysBetween } from '../formats/text/time.ts';
import type { Lock } from '../model/lock.ts';
import type { Recipe } from '../model/types.ts';

/**
 * Says that a lock's archive is older than its recipe allows at the moment `now`, in milliseconds since 1970.
 */
export function ageWarnings(lock: Lock, recipe: Recipe, now: number): string[] {
  const days = daysBetween(lock.sourceDateEpoch, now / 1000);
  if (days <= recipe.lockMaxAgeDays) return [];
  return [
    `the lock of ${recipe.name} is ${days} days old; the recipe allows ${recipe.lockMaxAgeDays}. Its packages may have known vulnerabilities. Run ingot lock ${recipe.name} --update`,
  ];
}
