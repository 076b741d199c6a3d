import { expect, it } from 'vitest';
import { defineFeature } from '../model/define.ts';
import type { IngotError } from '../model/errors.ts';
import type { FeatureUse, Recipe } from '../model/types.ts';
import { type Drawers, resolveDraft } from '../resolve/draft.ts';
import { drawersOf, plainTarget, recipeOf } from '../resolve/fixture.ts';
import { readDraft, readRecipe, readTarget } from './inputs.ts';

const drawers: { [feature: string]: Drawers } = {
  ...drawersOf('zram', {}, { packages: { debian: ['zram-tools', 'zstd'] } }),
  ...drawersOf('ssh', { enable: ['ssh.service'] }, { packages: { debian: ['ssh', 'zstd'] } }),
  ...drawersOf('quiet', { mask: ['ssh.service'] }),
  ...drawersOf('console', { requires: ['inference', 'login'] }),
  ...drawersOf('inference', { needsModel: true }),
  ...drawersOf('open', { conflicts: ['ssh'] }),
  ...drawersOf('motd-a', {}, { overlay: ['etc/motd', 'etc/issue'] }),
  ...drawersOf('motd-b', {}, { overlay: ['etc/motd', 'etc/issue'] }),
  tuned: { ...drawersOf('tuned').tuned!, kernelFragment: true },
  ...drawersOf('issue', {}, { overlay: ['etc/issue/nested/file'] }),
  ...drawersOf('rich', {}, { packages: { debian: ['a', 'b'], missing: { trixie: ['a', 'b'] } } }),
};

const level = (value: FeatureUse['options'][string]): FeatureUse => ({
  name: 'zram',
  options: { level: value },
});
const draft = (uses: (string | FeatureUse)[], changes: Partial<Recipe> = {}) =>
  resolveDraft({ recipe: recipeOf(uses, changes), target: plainTarget, drawers });

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
  expect(seen).toEqual([{ features: { curious: { level: 5 }, zram: { level: 3 } }, models: ['smoke'] }]);
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

it.each<[string, (string | FeatureUse)[], Partial<Recipe>, string, string[]]>([
  ['a feature that nobody wrote', ['zrma'], {}, 'RECIPE_INVALID', ['feature zrma does not exist']],
  [
    'a kernel fragment, which would be left out',
    ['zram', 'tuned'],
    {},
    'RECIPE_INVALID',
    ['feature tuned has a kernel fragment, but no stage builds a kernel yet'],
  ],
  [
    'an option that the feature lacks',
    [{ name: 'zram', options: { levle: 1 } }],
    {},
    'RECIPE_INVALID',
    ['options of feature zram: . has no "levle" (did you mean "level"?)'],
  ],
  [
    'an option of the wrong type',
    [level('3')],
    {},
    'RECIPE_INVALID',
    ['options of feature zram: .level must be integer'],
  ],
  [
    'an option out of range',
    [level(10)],
    {},
    'RECIPE_INVALID',
    ['options of feature zram: .level must be <= 9'],
  ],
  [
    'a unit that one masks and another enables',
    ['ssh', 'quiet'],
    {},
    'FEATURE_CONFLICT',
    ['feature quiet masks ssh.service, which feature ssh enables'],
  ],
  [
    'features that another needs',
    ['console'],
    {},
    'FEATURE_CONFLICT',
    [
      'feature console needs feature inference, which is not there',
      'feature console needs feature login, which is not there',
    ],
  ],
  [
    'features that exclude each other',
    ['ssh', 'open'],
    {},
    'FEATURE_CONFLICT',
    ['features open and ssh contradict each other'],
  ],
  [
    'files that two overlays have',
    ['motd-a', 'motd-b'],
    {},
    'FEATURE_CONFLICT',
    [
      'features motd-a and motd-b both have the file /etc/issue',
      'features motd-a and motd-b both have the file /etc/motd',
    ],
  ],
  [
    'a file in place of the folder that another overlay fills',
    ['issue', 'motd-a'],
    {},
    'FEATURE_CONFLICT',
    ['feature issue has /etc/issue/nested/file, but feature motd-a has /etc/issue, which is no folder'],
  ],
  [
    'a feature listed thrice, told once',
    ['motd-a', 'motd-a', 'motd-a'],
    {},
    'FEATURE_CONFLICT',
    ['feature motd-a is listed twice'],
  ],
  [
    'models of one name, which would be one file',
    [],
    { models: ['a', 'b'].map((source) => ({ name: 'm', source })) },
    'FEATURE_CONFLICT',
    ['model m is listed twice'],
  ],
  [
    'inference without a model',
    ['inference'],
    { models: [] },
    'FEATURE_CONFLICT',
    ['feature inference needs a model, and the recipe has none'],
  ],
  [
    'packages that the suite is known to lack',
    ['rich'],
    { base: 'trixie' },
    'FEATURE_CONFLICT',
    [
      'feature rich needs package a, which base trixie lacks',
      'feature rich needs package b, which base trixie lacks',
    ],
  ],
  [
    'everything at once, sorted',
    ['ssh', 'quiet', 'nope', level(0), 'zram'],
    {},
    'RECIPE_INVALID',
    [
      'feature nope does not exist',
      'feature quiet masks ssh.service, which feature ssh enables',
      'feature zram is listed twice',
      'options of feature zram: .level must be >= 1',
    ],
  ],
])('refuses %s', (_what, uses, changes, code, problems) => {
  expect(() => draft(uses, changes)).toThrow(
    expect.objectContaining({ code, message: `recipe small: ${problems.join('; ')}` }) as IngotError,
  );
});

it('suggests the feature that was meant, or lists all', () => {
  expect(() => draft(['zrma'])).toThrow(
    expect.objectContaining({ hint: 'did you mean zram?' }) as IngotError,
  );
  expect(() => draft(['completely-else'])).toThrow(
    expect.objectContaining({
      hint: expect.stringContaining('console, inference, issue, motd-a'),
    }) as IngotError,
  );
});

it('does not call a feature missing that is there with a wrong option', () => {
  const broken = { name: 'inference', options: { level: 0 } };
  const uses = ['console', broken, 'login'];
  expect(() => draft(uses)).toThrow(
    /^recipe small: feature login does not exist; options of feature inference: \.level must be >= 1$/,
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
