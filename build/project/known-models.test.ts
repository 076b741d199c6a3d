import { expect, it } from 'vitest';
import type { ModelUse } from '../model/models.ts';
import { knownModels, readCatalogue } from './known-models.ts';
import { recipe } from './refusal-fixture.ts';

const catalogue = await readCatalogue();
const first = catalogue.find(({ ramGiB, sha256 }) => ramGiB === 4 && sha256)!;
const large = catalogue.find(({ ramGiB }) => ramGiB > 16)!;

const known = (model: Partial<ModelUse>, memoryMiB = 4096) =>
  knownModels({
    ...recipe,
    machine: { ...recipe.machine, memoryMiB },
    models: [{ name: 'm', source: '', ...model }],
  });

it('every model of the catalogue has a name of its own, and one that an image can take', () => {
  const names = catalogue.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(new Set(names).size).toBe(names.length);
});

it('a model of the catalogue is a file of a hub that must be what is known of it, however it is named', async () => {
  const file = { name: 'm', source: `hub:${first.repository}/${first.file}`, sha256: first.sha256 };
  expect(await known({ source: `catalogue:${first.name}` })).toEqual([file]);
  expect(await known({ source: file.source })).toEqual([file]);
});

it('a source that tells its role needs none', async () => {
  expect(await known({ source: 'builtin:smoke-embedding' })).toMatchObject([{ role: 'embed' }]);
  expect(await known({ source: 'builtin:smoke' })).toEqual([{ name: 'm', source: 'builtin:smoke' }]);
  expect(await known({ source: 'catalogue:qwen3-coder-30b-a3b' }, 65536)).toMatchObject([{ role: 'code' }]);
});

it('one in parts is all of its parts', async () => {
  const names = (await known({ source: '/m/big-00001-of-00002.gguf' })).map(({ name }) => name);
  expect(names).toEqual(['m-00001-of-00002', 'm-00002-of-00002']);
});

it.each<[string, Partial<ModelUse>, RegExp]>([
  ['that nobody knows', { source: 'catalogue:nobody' }, /^model m: catalogue:nobody does not exist$/],
  [
    'for a larger machine',
    { source: `catalogue:${large.name}` },
    new RegExp(`is for machines with ${large.ramGiB} GiB of memory or more, and the recipe's has 4096`),
  ],
  [
    'of another role',
    { source: `catalogue:${first.name}`, role: 'embed' },
    /has the role embed, and .* is for chat$/,
  ],
  [
    'that Ingot makes for something else',
    { source: 'builtin:smoke', role: 'rerank' },
    /builtin:smoke is for chat$/,
  ],
  [
    'that is a further part',
    { source: '/m/big-00002-of-00003.gguf' },
    /is part 2 of 3, and a model in parts is named by its first$/,
  ],
])('refuses one %s', async (_what, model, message) => {
  await expect(known(model)).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringMatching(message),
  });
});
