import { expect, it } from 'vitest';
import { resolveManifest } from '../resolve/manifest.ts';
import { readDraft, readImage, readRecipe, readTarget } from './inputs.ts';
import { readStageCode } from './stage-code.ts';

const optionsWith = async (...set: string[]) => {
  const { features } = await readRecipe('nanite-server', { set });
  return Object.fromEntries(features.map(({ name, options }) => [name, options]));
};

it('changes options by their type, and keeps the others', async () => {
  const changed = await optionsWith('system.hostname=box=1', 'zram.maximumMiB=128', 'zram.ramFraction=0.5');
  expect(changed.system).toEqual({ hostname: 'box=1' });
  expect(changed.zram).toEqual({ maximumMiB: 128, ramFraction: 0.5 });
  expect(changed.console).toEqual({ user: 'nanite' });
});

it.each([
  ['system', '--set system does not name a feature, its option and a value', /system\.hostname=box/],
  ['=x', '--set =x does not name', /system\.hostname=box/],
  ['sytem.hostname=x', '--set sytem: there is no feature sytem', /^did you mean system\?$/],
  ['live.x=1', '--set live: recipe nanite-server does not use feature live', /^the recipe uses system, /],
  ['system.hostnam=x', 'feature system has no option hostnam', /^did you mean hostname\?$/],
  ['ssh.port=22', 'feature ssh has no option port', /^it has no options$/],
  ['zram.maximumMiB=much', '"much" is not a whole number', /a whole number/],
  ['zram.maximumMiB=1.5', '"1.5" is not a whole number', /a whole number/],
  ['zram.maximumMiB=', '"" is not a whole number', /a whole number/],
])('refuses --set %s', async (set, message, hint) => {
  await expect(optionsWith(set)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining(message),
    hint: expect.stringMatching(hint),
  });
});

it('refuses an option that is given twice', async () => {
  await expect(optionsWith('system.hostname=a', 'system.hostname=b')).rejects.toMatchObject({
    code: 'USAGE',
    message: '--set system.hostname is given twice',
  });
});

it('has the values checked as those of a recipe are', async () => {
  const recipe = await readRecipe('nanite-server', { set: ['system.hostname=A B', 'zram.algorithm=gzip'] });
  await expect(readDraft(recipe, await readTarget('iso'))).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringMatching(/options of feature system: \.hostname "A B".*feature zram: \.algorithm/),
  });
});

it.each([
  [['system.hostname=nanite'], ''],
  [['system.hostname=box'], '-system.hostname-box'],
  [['zram.algorithm=lz4', 'system.hostname=box'], '-system.hostname-box+zram.algorithm-lz4'],
  [['system.hostname=a-name-that-is-long'], '-system.hostname-[0-9a-f]{8}'],
])('names an image with %j apart', async (set, tag) => {
  const image = await readImage('nanite-server', 'iso', { set });
  const { output } = resolveManifest(image, await readStageCode());
  expect(output.fileName).toMatch(new RegExp(`^nanite-server${tag.replaceAll('+', '\\+')}-\\d{8}-x86_64`));
});
