import { exists } from '../host/fs/files.ts';
import { isFolder } from '../host/fs/folders.ts';
import { IngotError } from '../model/errors.ts';
import { type KernelBase, type KernelSource, kernelBases } from '../model/kernel.ts';
import type { Recipe } from '../model/types.ts';
import type { CheckPlace, KernelCheck } from './check-kernel.ts';
import { readFragment, recipeFragments } from './fragments.ts';
import { readDrafts, readRecipe, recipeNames } from './inputs.ts';
import { readKernelSources, sourceOf } from './kernel-sources.ts';
import { packSource } from './own-source.ts';
import { profileModules } from './profiles.ts';

/** A check that may first have to pack a source. */
export type PreparedCheck = (place: CheckPlace) => Promise<KernelCheck>;

/**
 * What the command line asks to be checked: each recipe by itself, and all fragments together, for each
 * kernel. What is wrong with names and fragments is thrown before anything is made.
 */
export async function kernelChecks(
  names: string[],
  options: { kernel?: string[]; config?: string },
): Promise<PreparedCheck[]> {
  const { kernel: kernels = [], config } = options;
  const base = kernelBases.find((one) => one === config);
  if (config && !base)
    throw new IngotError('USAGE', `--config ${config} is no configuration to begin with`, {
      hint: `it is one of ${kernelBases.join(', ')}`,
    });
  const recipes = (await recipeNames()).filter((name) => names.includes(name));
  const others = names.filter((name) => !recipes.includes(name));
  const locked = await readKernelSources();
  const found: PreparedCheck[] = [];
  for (const name of recipes)
    found.push(...(await ofRecipe(await readRecipe(name), { kernels, base, locked })));
  if (!others.length) return found;
  const fragments = await Promise.all(others.map(readFragment));
  const what = `${others.length === 1 ? 'fragment' : 'fragments'} ${fragments.map(({ name }) => name).join(', ')}`;
  const common = { what, fragments, words: [], forImage: false };
  const versions = kernels.length ? kernels : locked.map(({ version }) => version);
  for (const kernel of versions) found.push(await withKernel(kernel, { ...common, locked, base }));
  return found;
}

async function ofRecipe(
  recipe: Recipe,
  { kernels, base, locked }: { kernels: string[]; base?: KernelBase; locked: KernelSource[] },
): Promise<PreparedCheck[]> {
  const { name, kernel } = recipe;
  const fragments = await recipeFragments(recipe);
  const common = {
    what: `recipe ${name}`,
    fragments,
    modules: await profileModules(recipe),
    words: await wordsOf(recipe),
    forImage: Boolean(kernel),
    locked,
  };
  const own = kernel?.version ?? locked.find((source) => source.base === recipe.base)?.version;
  if (!kernels.length && !own)
    throw new IngotError('USAGE', `recipe ${name}: no kernel of its base ${recipe.base} is locked`, {
      hint: `name one of ${locked.map(({ version }) => version).join(', ')} with --kernel`,
    });
  const versions = kernels.length ? kernels : [own!];
  return Promise.all(versions.map((one) => withKernel(one, { ...common, base: base ?? kernel?.base })));
}

/** The kernel's words of every target that takes the recipe, each once. */
export async function wordsOf(recipe: Recipe): Promise<string[]> {
  const { drafts } = await readDrafts(recipe);
  const entries = drafts.flatMap(({ features }) =>
    features.flatMap(({ effect }) => effect.bootEntries ?? []),
  );
  const words = [
    ...drafts.flatMap(({ commandLine }) => commandLine),
    ...entries.flatMap((entry) => entry.words),
  ];
  return [...new Set(words)].sort();
}

async function withKernel(
  kernel: string,
  check: Omit<KernelCheck, 'source' | 'base'> & { locked: KernelSource[]; base?: KernelBase },
): Promise<PreparedCheck> {
  const { locked, base, ...rest } = check;
  if (!/[/]/.test(kernel)) {
    const source = sourceOf(kernel, locked, { by: '--kernel', code: 'USAGE' });
    return async () => ({ ...rest, source, base: base ?? 'amd64' });
  }
  if (!(await exists(kernel)))
    throw new IngotError('USAGE', `--kernel ${kernel} does not exist`, {
      hint: 'name a locked version, the folder of a kernel source, or its .tar.xz',
    });
  if (base && base !== 'defconfig')
    throw new IngotError('USAGE', `--config ${base}: a source of your own has defconfig alone`, {
      hint: 'leave --config out',
    });
  const isTree = await isFolder(kernel);
  // The newest tools that are locked.
  const source = locked.at(-1)!;
  return async (place) => ({
    ...rest,
    source,
    archive: await packSource(kernel, { isTree, source, place }),
    base: 'defconfig',
  });
}
