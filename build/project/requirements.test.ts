import { describe, expect, test } from 'vitest';
import { importDefault, moduleNames } from '../host/fs/drawers.ts';
import type { Feature } from '../model/define.ts';
import type { Target } from '../model/target.ts';
import type { Recipe } from '../model/types.ts';
import { recipeNames, targetNames } from './inputs.ts';
import { isOfImage, readRequirements, verdictOf } from './requirements.ts';

const requirements = await readRequirements();
const names = await moduleNames('recipes/features');
const features = await Promise.all(
  names.map(async (name) => (await importDefault<Feature>('recipes/features', name)).definition),
);

test.each(features)('what feature $name meets is asked for', ({ requirements: met }) => {
  expect(met.filter((id) => !requirements[id])).toEqual([]);
});

describe.each(await recipeNames())('%s', async (name) => {
  const recipe = await importDefault<Recipe>('recipes', name);
  const targets = await Promise.all(
    (await targetNames()).map((target) => importDefault<Target>('build/targets', target)),
  );

  test('every item of builder and image is met, or has a reason', () => {
    const missing = Object.entries(requirements)
      .filter(([, one]) => one.systems.includes(name) && isOfImage(one))
      .filter(([id, one]) => verdictOf(id, one, { recipe, features, targets }).standing === 'missing')
      .map(([id, { text }]) => `${id} ${text}`);
    expect(missing, 'name each in a feature, or give the reason in recipes/requirements.yaml').toEqual([]);
  });
});

test('a feature of another recipe meets nothing', () => {
  const requirement = { text: 'swap', systems: ['a'], layers: ['ii' as const] };
  const recipe = { features: [{ name: 'ssh', options: {} }] } as unknown as Recipe;
  expect(verdictOf('MEM-04', requirement, { recipe, features, targets: [] })).toEqual({
    standing: 'missing',
    by: '',
  });
  const withZram = { features: [{ name: 'zram', options: {} }] } as unknown as Recipe;
  expect(verdictOf('MEM-04', requirement, { recipe: withZram, features, targets: [] })).toEqual({
    standing: 'met',
    by: '`zram`',
  });
});
