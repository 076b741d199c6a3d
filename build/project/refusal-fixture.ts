import { expect } from 'vitest';
import type { IngotError } from '../model/errors.ts';
import type { Target } from '../model/target.ts';
import type { Recipe } from '../model/types.ts';
import { readDraft, readRecipe, readTarget } from './inputs.ts';

/** What the tests of refusals change. */
export const recipe = await readRecipe('nanite-server');

/** What `plan` says of a changed recipe for a changed target. */
export async function refusal(
  targetName: string,
  change: (recipe: Recipe, target: Target) => void,
  hint = 'change disk, boot, hardware or features in recipes/nanite-server.ts, or give another --disk-size',
): Promise<string> {
  const [changed, target] = [structuredClone(recipe), structuredClone(await readTarget(targetName))];
  change(changed, target);
  const error: IngotError = await readDraft(changed, target).then(
    () => expect.unreachable('it was accepted'),
    (thrown) => thrown,
  );
  expect(error.code).toBe('RECIPE_INVALID');
  expect(error.hint).toBe(hint);
  return error.message.replace('recipe nanite-server: ', '');
}
