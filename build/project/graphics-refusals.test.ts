import { expect, it } from 'vitest';
import { readDraft, readRecipe, readTarget } from './inputs.ts';

async function withFeatures(recipeName: string, names: string[]) {
  const recipe = await readRecipe(recipeName);
  const features = [...recipe.features, ...names.map((name) => ({ name, options: {} }))];
  return readDraft({ ...recipe, features }, await readTarget('iso'));
}

it('two display managers are one error', async () => {
  await expect(withFeatures('nanite', ['greetd'])).rejects.toThrow(
    /recipe nanite: features greetd and lightdm conflict/,
  );
});

it.each(['cuda', 'hip'])('%s is refused with the reason and what serves the cards instead', async (name) => {
  await expect(withFeatures('nanite-server', [name])).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringMatching(
      new RegExp(`^recipe nanite-server: feature ${name}: is refused: .*vulkan`),
    ),
  });
});
