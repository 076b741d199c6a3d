import { expect, it } from 'vitest';
import type { Manifest } from '../model/types.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { readImage, readRecipe } from './inputs.ts';
import { lockCommand, tagOf } from './overrides.ts';
import { readStageCode } from './stage-code.ts';

const own = [{ name: 'smoke', source: 'builtin:smoke' }];
const recipe = { models: own, features: [] };
const named = (...names: string[]) => names.map((name) => ({ name, source: `/${name}.gguf` }));

it("takes --disk-size in place of the recipe's size and leaves the partitions", async () => {
  const recipe = await readRecipe('nanite-server');
  const { disk } = await readRecipe('nanite-server', { diskSize: '12GiB' });
  expect(disk).toEqual({ ...recipe.disk, sizeMiB: 12288 });
});

it.each([
  ["the recipe's own models", own, undefined, undefined],
  ['another model', named('qwen3'), undefined, 'qwen3'],
  ['another model of the same name', named('smoke'), undefined, 'smoke'],
  ['two models', named('qwen3', 'embed'), undefined, 'qwen3+embed'],
  ['no name twice', [...own, ...named('more')], undefined, 'smoke+more'],
  ['--tag', named('qwen3'), 'trial', 'trial'],
  ["--tag with the recipe's models", own, 'trial', 'trial'],
])('names an image of %s', (_what, models, tag, expected) => {
  expect(tagOf({ models: own, features: [] }, { models, features: [] }, tag)).toBe(expected);
});

it('keeps the names of many models apart, and the file name short', () => {
  const many = (last: string) =>
    tagOf(recipe, { ...recipe, models: named('a'.repeat(50), 'b'.repeat(50), last) })!;
  expect(many('c')).toHaveLength(73);
  expect(many('c')).not.toBe(many('d'));
});

it.each(['Trial', 'a b', '../x', '', '-x', 'x'.repeat(81)])('refuses --tag %j', (tag) => {
  expect(() => tagOf(recipe, recipe, tag)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

it("puts the tag into the finished file's name and nowhere into the image", async () => {
  const code = await readStageCode();
  const [plain, other] = await Promise.all(
    [{}, { tag: 'trial' }].map(async (overrides) =>
      resolveManifest(await readImage('nanite-server', 'qcow2', overrides), code),
    ),
  );
  expect(other!.output.fileName).toMatch(/^nanite-server-trial-\d{8}-x86_64\.qcow2$/);
  const made = (manifest?: Manifest) =>
    manifest!.stages.filter(({ type }) => type !== 'attest').map(({ id }) => id);
  expect(made(other)).toEqual(made(plain));
});

it('locks with the options that were given', () => {
  expect(lockCommand('small', {})).toBe('ingot lock small');
  expect(
    lockCommand('small', {
      base: 'trixie',
      model: ['/x.gguf', 'y=/z.gguf'],
      set: ['a.b=c d'],
      lock: 'my.json',
    }),
  ).toBe("ingot lock small --base trixie --model /x.gguf --model y=/z.gguf --set 'a.b=c d' --lock my.json");
});
