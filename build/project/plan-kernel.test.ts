import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { writeFiles } from '../host/fs/write-files.ts';
import { openStore, type Store } from '../host/store/store.ts';
import { symbol } from '../kernel/fixture.ts';
import { neededByImages } from '../kernel/image-needs.ts';
import { compose, configLine } from '../kernel/merge.ts';
import type { Image } from '../model/image.ts';
import type { RecipeKernel } from '../model/kernel.ts';
import type { Recipe } from '../model/types.ts';
import { kernelStages } from '../resolve/kernel-stages.ts';
import { readKernel, recipeFragments } from './fragments.ts';
import { readRecipe } from './inputs.ts';
import { readKernelSources } from './kernel-sources.ts';
import { kernelLine, planKernel } from './plan-kernel.ts';
import { readStageCode } from './stage-code.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-plan-kernel-'));
afterAll(() => rmSync(folder, { recursive: true }));
let store: Store;
beforeEach(async () => {
  vi.stubEnv('INGOT_STORE', mkdtempSync(join(folder, 'store-')));
  store = await openStore();
  vi.unstubAllEnvs();
});

const reason = '# It is wanted.';
const server = await readRecipe('nanite-server');

function withKernel(kernel: Partial<RecipeKernel>): Recipe {
  return { ...server, kernel: { version: '7.2', base: 'amd64', fragments: [], ...kernel } };
}

/**
 * What the store has after a check: a small Kconfig, in which XFS_FS can be had and NUMA cannot be left out.
 */
async function cached(recipe: Recipe): Promise<void> {
  const source = (await readKernelSources()).find(({ version }) => version === recipe.kernel!.version)!;
  const lines = compose(await recipeFragments(recipe), source.version).map(configLine);
  const question = { base: recipe.kernel!.base, lines };
  const { tools, kconfig, before, after } = kernelStages(source, question, await readStageCode());
  const names = Object.values(neededByImages).flatMap((each) => each.split(' '));
  const needed = names.filter((name) => name !== 'XFS_FS').map((name) => symbol(name, { value: 'y' }));
  const suffix = symbol('LOCALVERSION', { type: 'string', value: '-ingot' });
  const numa = symbol('NUMA', {
    value: 'y',
    visible: 'n',
    prompts: [{ text: 'numa', if: { symbol: 'EXPERT' } }],
  });
  const symbols = (xfs: string) =>
    [...needed, suffix, symbol('XFS_FS', { type: 'tristate', value: xfs }), numa, symbol('EXPERT')]
      .map((one) => JSON.stringify(one))
      .join('\n');
  const parameters = { early: { quiet: 'init/main.c' }, modules: {}, documented: {} };
  await writeFiles(store.stage(tools), { 'bin/sh': '' });
  await writeFiles(store.stage(kconfig), {
    'kconfig/names.txt': 'XFS_FS fs/xfs/Kconfig\n',
    'kconfig/parameters.json': JSON.stringify(parameters),
    'kconfig/bases/amd64': 'CONFIG_XFS_FS=m\n',
  });
  await writeFiles(store.stage(before), { 'all.symbols': symbols('m'), 'all.config': 'CONFIG_XFS_FS=m\n' });
  if (after !== before)
    await writeFiles(store.stage(after), { 'all.symbols': symbols('y'), 'all.config': 'CONFIG_XFS_FS=y\n' });
}

const plan = (recipe: Recipe, commandLine = ['quiet']) => {
  const image = { recipe, commandLine } as Image;
  const progress = { begin: () => () => {}, note: () => {}, bytes: () => {}, data: () => {} };
  const sources = () => Promise.reject(new Error('a plan fetched something'));
  return planKernel([image], { store, progress, sources });
};

it('says nothing of a recipe without a kernel of its own', async () => {
  expect(await plan(server)).toBeUndefined();
  expect(await readKernel(server)).toBeUndefined();
});

it('says what it did not check when the store has no Kconfig', async () => {
  const planned = await plan(withKernel({ lines: [reason, 'CONFIG_XFS_FS=y'] }));
  expect(kernelLine(planned!)).toBe(
    '7.2 from amd64, no fragments: lines not checked, as the store has no Kconfig of 7.2: run ingot kernel check',
  );
});

it('checks lines by the Kconfig that the store has', async () => {
  const recipe = withKernel({ lines: [reason, 'CONFIG_XFS_FS=y'] });
  await cached(recipe);
  expect(await plan(recipe)).toMatchObject({ version: '7.2', met: 1 });
});

it.each([
  [
    'CONFIG_XFSS_FS=y',
    /recipes\/nanite-server.ts, kernel.lines:2: CONFIG_XFSS_FS=y: unknown: .*near: XFS_FS/,
  ],
  ['CONFIG_XFS_FS=m', /CONFIG_XFS_FS=m: .*conf makes y/],
  [
    '# CONFIG_NUMA is not set',
    /CONFIG_NUMA is not set: not selectable: it needs EXPERT \[EXPERT=n\]; fix: CONFIG_EXPERT=y/,
  ],
])('a planted line stops the plan: %s', async (line, message) => {
  const recipe = withKernel({ lines: [reason, line] });
  await cached(recipe);
  await expect(plan(recipe)).rejects.toMatchObject({
    code: 'FRAGMENT_UNMET',
    message: expect.stringMatching(message),
    hint: 'ingot kernel check nanite-server',
  });
});

it('a word that nobody reads stops the plan', async () => {
  const recipe = withKernel({ lines: [reason, 'CONFIG_XFS_FS=y'] });
  await cached(recipe);
  await expect(plan(recipe, ['quite'])).rejects.toThrow(/kernel word quite: neither .*near: quiet/);
});

it.each<[string, Partial<RecipeKernel>, string, RegExp]>([
  [
    'a version that is not locked',
    { version: '5.4' },
    'RECIPE_INVALID',
    /kernel 5.4 is not locked, only 6.12, 7.2/,
  ],
  [
    'a fragment that nobody wrote',
    { fragments: ['infrence'] },
    'INPUT_INVALID',
    /kernel fragment infrence does not exist/,
  ],
  [
    'fragments that disagree',
    { fragments: ['hardening'], lines: [reason, 'CONFIG_STRICT_DEVMEM=n'] },
    'FRAGMENT_UNMET',
    /hardening and recipe nanite-server disagree/,
  ],
  ['a path', { fragments: ['../x'] }, 'RECIPE_INVALID', /which is no name/],
  [
    'a line without a reason',
    { lines: ['CONFIG_XFS_FS=y'] },
    'INPUT_INVALID',
    /kernel.lines:1: CONFIG_XFS_FS has no reason/,
  ],
])('refuses %s before anything is read of a kernel', async (_what, kernel, code, message) => {
  await expect(readKernel(withKernel(kernel))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

it('reads what a kernel is built of', async () => {
  const kernel = await readKernel(withKernel({ fragments: ['inference', 'reproducible'] }));
  expect(kernel).toMatchObject({ base: 'amd64', source: { version: '7.2', base: 'forky' } });
  expect(kernel!.lines).toContain('CONFIG_LOCALVERSION="-ingot"');
  expect(kernel!.lines).toEqual([...kernel!.lines].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
});

const nameOf = (line: string) => /CONFIG_(\w+)/.exec(line)![1]!;
