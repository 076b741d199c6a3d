import { expect, it } from 'vitest';
import { readDraft, readRecipe, readTarget } from './inputs.ts';

it.each([[['network', 'network-manager']], [['network-manager', 'network']]])(
  'two owners of the interfaces are one error: %s',
  async (names) => {
    const recipe = await readRecipe('nanite-server');
    const features = ['system', ...names].map((name) => ({ name, options: {} }));
    const both = readDraft({ ...recipe, features, models: [] }, await readTarget('iso'));
    await expect(both).rejects.toMatchObject({
      code: 'FEATURE_CONFLICT',
      message: 'recipe nanite-server: features network-manager and network conflict',
    });
  },
);
