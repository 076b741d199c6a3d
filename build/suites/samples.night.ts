import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../host/fs/files.ts';
import type { SmokeReport } from '../vm/report.ts';
import { SampleImages, sampleRecipes } from './support/samples.ts';

let samples: SampleImages;
beforeAll(async () => {
  samples = await SampleImages.prepare();
});
afterAll(() => samples.remove());

test.each(sampleRecipes)('%s builds as an ISO and passes its own test', async (recipe) => {
  const path = await samples.build(recipe, 'iso');
  const test = ['test', path, '--firmware', 'bios', '--out', join(repository, 'out/test')];
  const reports = JSON.parse(await samples.succeed(test)) as SmokeReport[];
  expect(reports.map(({ ok }) => ok)).toEqual([true]);
});
