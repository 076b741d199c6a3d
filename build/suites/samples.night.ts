import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../host/fs/files.ts';
import { openStore } from '../host/store/store.ts';
import { copyCheckout } from '../testdata/checkout.ts';
import { startIngot } from '../testdata/ingot.ts';
import type { SmokeReport } from '../vm/report.ts';
import { addSamples, sampleRecipes } from './support/samples.ts';

let [folder, checkout] = ['', ''];
beforeAll(async () => {
  folder = mkdtempSync(join((await openStore()).folder, 'recipes-'));
  checkout = copyCheckout(join(folder, 'checkout'));
  addSamples(checkout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(sampleRecipes)('%s builds as an ISO and passes its own test', async (recipe) => {
  const lock = ['--lock', join(folder, `${recipe}.lock.json`)];
  await succeed(['lock', recipe, ...lock]);
  const built = await succeed(['build', recipe, '--target', 'iso', ...lock, '--out', join(folder, 'out')]);
  const [{ path }] = JSON.parse(built) as [{ path: string }];
  const out = ['--out', join(repository, 'out/test')];
  const reports = JSON.parse(await succeed(['test', path, '--firmware', 'bios', ...out])) as SmokeReport[];
  expect(reports.map(({ ok }) => ok)).toEqual([true]);
});

async function succeed(args: string[]): Promise<string> {
  const ended = await startIngot(args, {}, { checkout }).ended;
  if (ended.status !== 0) throw new Error(`${args[0]} ended with ${ended.status}: ${ended.stderr}`);
  return ended.stdout;
}
