import { expect, it } from 'vitest';
import type { IngotError } from '../model/errors.ts';
import type { FeatureUse, Recipe } from '../model/types.ts';
import { draft, level } from './draft-fixture.ts';

it.each<[string, (string | FeatureUse)[], Partial<Recipe>, string, string[]]>([
  ['a feature that nobody wrote', ['zrma'], {}, 'RECIPE_INVALID', ['feature zrma does not exist']],
  [
    'a kernel fragment, which would be left out',
    ['zram', 'tuned'],
    {},
    'RECIPE_INVALID',
    ["feature tuned has a kernel fragment, but the recipe has its distribution's kernel"],
  ],
  [
    'an option that the feature lacks',
    [{ name: 'zram', options: { levle: 1 } }],
    {},
    'RECIPE_INVALID',
    ['options of feature zram: . has "levle", which is not known (did you mean "level"?)'],
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
      'feature console requires feature inference, which the recipe does not use',
      'feature console requires feature login, which the recipe does not use',
    ],
  ],
  [
    'features that exclude each other',
    ['ssh', 'open'],
    {},
    'FEATURE_CONFLICT',
    ['features open and ssh conflict'],
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
    'an early file that no overlay has',
    ['hasty'],
    {},
    'FEATURE_CONFLICT',
    ['feature hasty has no file /etc/own.conf in its overlay that packages could read'],
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
    'RECIPE_INVALID',
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
    'packages of a component that the recipe does not take',
    ['radio'],
    { components: ['contrib'] },
    'RECIPE_INVALID',
    [
      "feature radio needs packages of component non-free-firmware: write components: ['contrib', 'non-free-firmware'] in recipes/small.ts",
    ],
  ],
  [
    'a component that the distribution does not have',
    [],
    { components: ['nonfree-firmware'] },
    'RECIPE_INVALID',
    [
      'Debian has no component nonfree-firmware, is it non-free-firmware? (there are main, contrib, non-free, non-free-firmware)',
    ],
  ],
  [
    'a package list of such a component',
    ['odd'],
    {},
    'RECIPE_INVALID',
    ['packages-lists/odd.yaml names the component universe, which Debian does not have'],
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
      hint: expect.stringContaining('console, hasty, inference, issue, motd-a'),
    }) as IngotError,
  );
});

it.each<[string, string[], Partial<Recipe>, string]>([
  [
    'two models of one name',
    [],
    { models: ['a', 'b'].map((source) => ({ name: 'm', source })) },
    'a name of its own',
  ],
  ['no model where one is needed', ['inference'], { models: [] }, 'name a model in recipes/small.ts'],
  ['a component', [], { components: ['free'] }, 'change components in recipes/small.ts'],
  ['features', ['ssh', 'open'], {}, 'change the features in recipes/small.ts'],
])('the hint about %s is about them', (_what, uses, changes, hint) => {
  expect(() => draft(uses, changes)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(hint) }) as IngotError,
  );
});

it('does not call a feature missing that is there with a wrong option', () => {
  const broken = { name: 'inference', options: { level: 0 } };
  const uses = ['console', broken, 'login'];
  expect(() => draft(uses)).toThrow(
    /^recipe small: feature login does not exist; options of feature inference: \.level must be >= 1$/,
  );
});
