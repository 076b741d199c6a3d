import { expect, it } from 'vitest';
import { warningsOf } from '../resolve/warnings.ts';
import { readImage } from './inputs.ts';

const image = readImage('nanite-server', 'ova');
const mebibyte = 2 ** 20;

/** What is said of the default recipe, whose machine has 2048 MiB, when its models have these sizes. */
async function warnings(sizes: number[], without?: string): Promise<string[]> {
  const { recipe, lock, ...rest } = await image;
  const models = sizes.map((size) => ({ ...lock.models[0]!, size }));
  const features = rest.features.filter(({ name }) => name !== without);
  return warningsOf({ ...rest, recipe, features, lock: { ...lock, models } }, lock.sourceDateEpoch * 1000);
}

it('says nothing of models that three quarters of the memory hold', async () => {
  expect(await warnings([1000 * mebibyte, 536 * mebibyte])).toEqual([]);
});

it('warns of models that are larger, with the memory that holds them', async () => {
  const of = (models: number, enough: number) => [
    `the models of nanite-server take ${models} MiB, and a machine of its machine.memoryMiB, 2048, has 1536 for them: ` +
      `weights that do not fit are read from the disk again and again; ${enough} in recipes/nanite-server.ts is enough for all`,
  ];
  expect(await warnings([1000 * mebibyte, 536 * mebibyte + 1])).toEqual(of(1537, 2052));
  expect(await warnings([6e9])).toEqual(of(5723, 7632));
});

it('says nothing where no feature uses them', async () => {
  expect(await warnings([6e9], 'inference')).toEqual([]);
});
