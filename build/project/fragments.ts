import { basename, join, relative } from 'node:path';
import { exists, listFiles, readText, repository } from '../host/fs/files.ts';
import { type Fragment, hasPurpose, parseFragment } from '../kernel/fragment.ts';
import { compose } from '../kernel/merge.ts';
import { IngotError, within } from '../model/errors.ts';
import type { Recipe } from '../model/types.ts';
import { readKernelSources, sourceOf } from './kernel-sources.ts';
import { assertKnown } from './known.ts';

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

/** The fragments of a recipe's kernel, its own lines as the last. */
export async function recipeFragments({ name, kernel }: Recipe): Promise<Fragment[]> {
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
  const what = { name: `recipe ${name}`, file: `recipes/${name}.ts, kernel.lines` };
  return kernel.lines?.length ? [...fragments, parseFragment(kernel.lines.join('\n'), what)] : fragments;
}

/**
 * Refuses what can be seen of a recipe's kernel without its Kconfig: fragments that are none, contradict, or
 * are for a version that is not locked.
 */
export async function assertKernel(recipe: Recipe): Promise<void> {
  const { name, kernel } = recipe;
  if (!kernel) return;
  sourceOf(kernel.version, await readKernelSources(), { by: `recipe ${name}`, code: 'RECIPE_INVALID' });
  compose(await recipeFragments(recipe), kernel.version);
}

/** A build would give the image its distribution's kernel, and say nothing of it. */
export function refuseKernel({ name, kernel }: Recipe): void {
  if (!kernel) return;
  throw new IngotError(
    'RECIPE_INVALID',
    `recipe ${name} asks for a kernel of its own, but no stage builds a kernel yet`,
    {
      hint: `ingot kernel check ${name} checks it; take kernel out of recipes/${name}.ts to build the image`,
    },
  );
}
