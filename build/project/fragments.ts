import { basename, join, relative } from 'node:path';
import { exists, listFiles, readText, repository } from '../host/fs/files.ts';
import { type Fragment, hasPurpose, parseFragment } from '../kernel/fragment.ts';
import { compose, configLine } from '../kernel/merge.ts';
import { IngotError, within } from '../model/errors.ts';
import type { ImageKernel } from '../model/kernel.ts';
import type { Recipe } from '../model/types.ts';
import { readKernelSources, sourceOf } from './kernel-sources.ts';
import { assertKnown } from './known.ts';
import { profileModules } from './profiles.ts';

const folder = join(repository, 'kernel');

/** Names of the fragments that have a purpose; the others belong to the features of their names. */
export async function fragmentNames(): Promise<string[]> {
  const files = (await listFiles(folder)).filter((file) => /^[a-z0-9-]+\.config$/.test(file));
  const texts = await Promise.all(files.map((file) => readText(join(folder, file))));
  return files.filter((_, index) => hasPurpose(texts[index]!)).map((file) => file.replace('.config', ''));
}

/** A fragment by its name, or by the path of its file. */
export async function readFragment(given: string): Promise<Fragment> {
  const isPath = /[/.]/.test(given);
  if (!isPath)
    assertKnown('INPUT_INVALID', 'kernel fragment', given, await fragmentNames(), 'docs/kernels.md');
  const path = isPath ? given : join(folder, `${given}.config`);
  if (!(await exists(path)))
    throw new IngotError('INPUT_INVALID', `kernel fragment ${given} does not exist`, {
      hint: 'name a fragment of kernel/, or the path of one that ends in .config',
    });
  const text = await readText(path).catch((error) => {
    throw within(`kernel fragment ${given}`, error);
  });
  const inside = !relative(repository, path).startsWith('..');
  const file = inside ? relative(repository, path) : path;
  return parseFragment(text, { name: basename(path, '.config'), file });
}

/** The fragments of a recipe's kernel, then those of its features, and its own lines as the last. */
export async function recipeFragments({ name, kernel, features }: Recipe): Promise<Fragment[]> {
  if (!kernel) return [];
  const fragments: Fragment[] = [];
  for (const one of kernel.fragments) {
    if (!/^[a-z0-9-]+$/.test(one))
      throw new IngotError(
        'RECIPE_INVALID',
        `recipe ${name}: kernel.fragments has ${one}, which is no name`,
        {
          hint: 'a recipe names fragments of kernel/ without their ending',
        },
      );
    fragments.push(
      await readFragment(one).catch((error) => {
        throw within(`recipe ${name}`, error);
      }),
    );
  }
  for (const feature of features)
    if (await hasFragment(feature.name)) fragments.push(await readFeatureFragment(feature.name));
  const what = { name: `recipe ${name}`, file: `recipes/${name}.ts, kernel.lines` };
  return kernel.lines?.length ? [...fragments, parseFragment(kernel.lines.join('\n'), what)] : fragments;
}

/** Whether a feature has a fragment; one of its name that has a purpose of its own is none of a feature. */
export async function hasFragment(feature: string): Promise<boolean> {
  const path = join(folder, `${feature}.config`);
  return (await exists(path)) && !hasPurpose(await readText(path));
}

async function readFeatureFragment(feature: string): Promise<Fragment> {
  const text = await readText(join(folder, `${feature}.config`));
  return parseFragment(text, { name: `feature ${feature}`, file: `kernel/${feature}.config` });
}

/**
 * A recipe's kernel with all that it is made of; undefined where it has none of its own. Refuses what can be
 * seen without its Kconfig: fragments that are none, contradict, or are for a version that is not locked.
 */
export async function readKernel(recipe: Recipe): Promise<ImageKernel | undefined> {
  const { name, kernel } = recipe;
  if (!kernel) return undefined;
  const { version, base } = kernel;
  const modules = await profileModules(recipe);
  const source = sourceOf(version, await readKernelSources(), {
    by: `recipe ${name}`,
    code: 'RECIPE_INVALID',
  });
  const lines = compose(await recipeFragments(recipe), version).map(configLine);
  return { source, base, ...(modules ? { modules } : {}), lines };
}
