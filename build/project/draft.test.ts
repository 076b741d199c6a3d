import { expect, it } from 'vitest';
import { defineFeature } from '../model/define.ts';
import type { FeatureUse } from '../model/types.ts';
import { resolveDraft } from '../resolve/draft.ts';
import { drawersOf, plainTarget, recipeOf } from '../resolve/fixture.ts';
import { draft, drawers, level } from './draft-fixture.ts';
import { readDraft, readRecipe, readTarget } from './inputs.ts';

it('decides options and gathers package names, sorted, each once', () => {
  const { features, packages } = draft([level(3), 'ssh']);
  expect(packages).toEqual(['ssh', 'zram-tools', 'zstd']);
  expect(features.map(({ name, effect }) => [name, effect.values])).toEqual([
    ['zram', { level: 3 }],
    ['ssh', { level: 5 }],
  ]);
});

it('tells an effect the decided options of all features, and the models', () => {
  const seen: unknown[] = [];
  const curious = drawersOf('curious').curious!;
  curious.feature.definition.effect = (_options, image) => {
    seen.push(image);
    return {};
  };
  const recipe = recipeOf(['curious', level(3)]);
  resolveDraft({ recipe, target: plainTarget, drawers: { ...drawers, curious } });
  const models = [{ name: 'smoke', role: 'chat', path: '/usr/share/ai/models/smoke.gguf' }];
  expect(seen).toEqual([{ features: { curious: { level: 5 }, zram: { level: 3 } }, models }]);
});

it.each([
  ['nanite-server', 'm ann llama-server\n', /127\.0\.0\.1:8080\/v1/, ['system', 'inference']],
  ['one without a model', '', /^$/, ['system']],
])('the console of %s says what is there', async (_what, membership, introduction, others) => {
  const recipe = await readRecipe('nanite-server');
  const console = { name: 'console', options: { user: 'ann' } };
  const used = others.map((name): FeatureUse => {
    return { name, options: name === 'inference' ? { port: 8080 } : {} };
  });
  const changed = { ...recipe, features: [console, ...used], models: others[1] ? recipe.models : [] };
  const { features } = await readDraft(changed, await readTarget('iso'));
  const { values } = features[0]!.effect;
  expect(values).toMatchObject({ user: 'ann', membership });
  expect(values!.introduction).toMatch(introduction);
});

it.each([
  ['sudo, llama-server', 'with a model', ['inference']],
  ['sudo', 'without one', []],
])("a cloud's user is in the groups %s %s", async (groups, _what, others) => {
  const recipe = await readRecipe('nanite-server');
  const used = ['system', 'network', 'ssh', ...others].map((name) => ({ name, options: {} }));
  const { features } = await readDraft({ ...recipe, features: used }, await readTarget('aws'));
  expect(features.at(-1)!.effect.values).toMatchObject({ user: 'ingot', groups });
});

it("puts the target's features behind the recipe's", () => {
  const target = { ...plainTarget, features: [{ name: 'ssh', options: {} }] };
  const { features } = resolveDraft({ recipe: recipeOf(['zram']), target, drawers });
  expect(features.map((feature) => feature.name)).toEqual(['zram', 'ssh']);
});

it("adds the packages that a feature's options ask for, of the base's distribution alone", () => {
  const feature = defineFeature({
    name: 'drivers',
    summary: 'drivers',
    requirements: [],
    options: { vulkan: { description: 'x', type: 'boolean', default: false } },
    effect: ({ vulkan }) => (vulkan ? { packages: { debian: ['mesa'], arch: ['vulkan-mesa'] } } : {}),
  });
  const packagesWith = (vulkan: boolean) =>
    resolveDraft({
      recipe: recipeOf([{ name: 'drivers', options: { vulkan } }]),
      target: plainTarget,
      drawers: { drivers: { feature, packages: { debian: ['firmware'] }, overlay: [] } },
    }).packages;
  expect(packagesWith(false)).toEqual(['firmware']);
  expect(packagesWith(true)).toEqual(['firmware', 'mesa']);
});

it("puts the target's words for the kernel before the features', for an ISO as well", () => {
  const target = { ...plainTarget, kernelCommandLine: ['console=ttyS0'] };
  const quick = drawersOf('quick', { kernelCommandLine: ['quiet'] });
  const { commandLine } = resolveDraft({ recipe: recipeOf(['quick']), target, drawers: quick });
  expect(commandLine).toEqual(['console=ttyS0', 'quiet']);
});

it('refuses a feature whose packages nobody listed for the distribution', () => {
  const lacking = drawersOf('gpu', {}, { packages: {} });
  expect(() => resolveDraft({ recipe: recipeOf(['gpu']), target: plainTarget, drawers: lacking })).toThrow(
    'recipe small: feature gpu has no list of packages for Debian',
  );
});

it('refuses the real recipe on trixie, which has no llama.cpp-tools', async () => {
  const recipe = await readRecipe('nanite-server', { base: 'trixie' });
  await expect(readDraft(recipe, await readTarget('iso'))).rejects.toMatchObject({
    code: 'FEATURE_CONFLICT',
    message: expect.stringContaining(
      'feature inference needs package llama.cpp-tools, which base trixie lacks',
    ),
  });
});
