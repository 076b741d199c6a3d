import { IngotError } from '../model/errors.ts';

/** A target that does not take a recipe, and why. */
export interface Refusal {
  target: string;
  error: IngotError;
}

/**
 * What to tell of a recipe that no target takes: the one reason that all have, or each reason with its
 * targets.
 */
export function refusedByAll(recipe: string, refusals: Refusal[]): IngotError {
  const reasons = new Map<string, string[]>();
  for (const { target, error } of refusals)
    reasons.set(error.message, [...(reasons.get(error.message) ?? []), target]);
  const { error } = refusals[0]!;
  if (reasons.size === 1) return error;
  const each = [...reasons].map(([reason, targets]) => `${targets.join(', ')}: ${reason}`);
  return new IngotError(error.code, `no target can be built from recipe ${recipe}:\n${each.join('\n')}`, {
    hint: error.hint,
  });
}
