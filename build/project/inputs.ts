import { join } from 'node:path';
import { distroOf } from '../distros/find.ts';
import { renderLock } from '../formats/text/lock-file.ts';
import { parseMebibytes } from '../formats/text/size.ts';
import { importDefault, moduleNames } from '../host/fs/drawers.ts';
import { exists, readText, repository, writeAtomic } from '../host/fs/files.ts';
import { distroOfBase } from '../model/distro.ts';
import { IngotError, within } from '../model/errors.ts';
import type { Image } from '../model/image.ts';
import type { Lock } from '../model/lock.ts';
import { isCloud, platforms, type Target } from '../model/target.ts';
import type { Recipe } from '../model/types.ts';
import { type Draft, resolveDraft } from '../resolve/draft.ts';
import { resolveImage } from '../resolve/image.ts';
import { lockSchema, lockVersion, recipeSchema, targetSchema } from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';
import { readAllDrawers, readPackageList } from './drawers.ts';
import { readKernel } from './fragments.ts';
import { assertKnown } from './known.ts';
import { knownModels } from './known-models.ts';
import { assertAsLocked, pinModels } from './local-models.ts';
import { modelsFromOptions } from './named-models.ts';
import { lockCommand, tagOf } from './overrides.ts';
import type { Refusal } from './refusals.ts';
import { withSetOptions } from './set-options.ts';

export const defaultRecipe = 'nanite-server';

/** What the command line may change of a recipe. */
export interface Overrides {
  base?: string;
  /** Models that replace the recipe's, each a source or `name=source`. */
  model?: string[];
  /** Options of its features, each as `feature.option=value`. */
  set?: string[];
  /** A part of the image's name. */
  tag?: string;
  /** Size of the disk, as `12GiB`. */
  diskSize?: string;
  /** Memory of the machine that the image is meant for, as `8GiB`. */
  memory?: string;
  /** Path of a lock to use instead of the recipe's own. */
  lock?: string;
}

export async function recipeNames(): Promise<string[]> {
  return moduleNames('recipes');
}

export async function targetNames(): Promise<string[]> {
  return moduleNames('build/targets');
}

export async function readRecipe(name: string, overrides: Overrides = {}): Promise<Recipe> {
  assertKnown('RECIPE_UNKNOWN', 'recipe', name, await recipeNames());
  if (overrides.base) assertKnown('USAGE', '--base', overrides.base, Object.keys(distroOfBase));
  const written = await importDefault<Recipe>('recipes', name);
  const recipe = {
    ...written,
    ...(overrides.base ? { base: overrides.base } : {}),
    ...(overrides.model?.length ? { models: modelsFromOptions(overrides.model) } : {}),
    ...(overrides.set?.length
      ? { features: await withSetOptions(name, written.features, overrides.set) }
      : {}),
    ...(overrides.diskSize
      ? { disk: { ...written.disk, sizeMiB: parseMebibytes('--disk-size', overrides.diskSize) } }
      : {}),
    ...(overrides.memory
      ? { machine: { ...written.machine, memoryMiB: parseMebibytes('--memory', overrides.memory) } }
      : {}),
  };
  const valid = validate<Recipe>(recipeSchema, recipe, `recipe ${name}`, 'RECIPE_INVALID');
  if (valid.name === name) return { ...valid, models: await knownModels(valid) };
  const hint = 'give the file and the recipe the same name';
  throw new IngotError('RECIPE_INVALID', `recipes/${name}.ts has the name ${valid.name}`, { hint });
}

export async function readTarget(name: string): Promise<Target> {
  assertKnown('TARGET_UNKNOWN', 'target', name, await targetNames());
  const target = await importDefault<Target>('build/targets', name);
  return validate<Target>(targetSchema, target, `target ${name}`, 'RECIPE_INVALID');
}

/** Names of the targets of a platform; `cloud` stands for every cloud. */
export async function targetsOfPlatform(platform: string): Promise<string[]> {
  assertKnown('TARGET_UNKNOWN', 'platform', platform, [...platforms, 'cloud']);
  const targets = await Promise.all((await targetNames()).map(readTarget));
  const wanted = (target: Target) =>
    platform === 'cloud' ? isCloud(target.platform) : target.platform === platform;
  return targets.filter(wanted).map(({ name }) => name);
}

/** The recipe for the target with every drawer read and decided. */
export async function readDraft(recipe: Recipe, target: Target): Promise<Draft> {
  const drawers = await readAllDrawers();
  const draft = resolveDraft({ recipe, target, drawers });
  if (!target.installs || !draft.features.some(({ name }) => name === 'installer')) return draft;
  return {
    ...draft,
    installed: resolveDraft({ recipe, target: await readTarget(target.installs), drawers }),
  };
}

/**
 * The recipe for every target, each of which adds features of its own: one lock answers for all that take the
 * recipe. What one platform insists on is no fault of a recipe that is meant for another.
 */
export async function readDrafts(recipe: Recipe): Promise<{ drafts: Draft[]; refusals: Refusal[] }> {
  const drawers = await readAllDrawers();
  const drafts: Draft[] = [];
  const refusals: Refusal[] = [];
  for (const name of await targetNames()) {
    const target = await readTarget(name);
    try {
      drafts.push(resolveDraft({ recipe, target, drawers }));
    } catch (error) {
      if (!(error instanceof IngotError)) throw error;
      refusals.push({ target: name, error });
    }
  }
  return { drafts, refusals };
}

/** The draft for one target joined with its lock. */
export async function readImage(name: string, target: string, overrides: Overrides = {}): Promise<Image> {
  return (await readImages(name, [target], overrides))[0]!;
}

/** The drafts for several targets, each joined with the one lock; a model named by its path is read once. */
export async function readImages(name: string, targets: string[], overrides: Overrides): Promise<Image[]> {
  const recipe = await readRecipe(name, overrides);
  const kernel = await readKernel(recipe);
  const chosen = await Promise.all(targets.map(readTarget));
  if (overrides.diskSize && chosen.every(({ medium }) => medium === 'iso'))
    throw new IngotError('USAGE', `--disk-size ${overrides.diskSize}: target ${targets.join()} has no disk`, {
      hint: 'leave it out, or name a target that is a disk; see ingot list',
    });
  const drafts = await Promise.all(chosen.map((target) => readDraft(recipe, target)));
  const path = lockPath(recipe, overrides);
  const lockAgain = lockCommand(name, overrides);
  if (!(await exists(path))) {
    const what = overrides.lock ? `--lock ${path}` : `the lock of recipe ${name} for base ${recipe.base}`;
    throw new IngotError('LOCK_MISSING', `${what} does not exist`, { hint: lockAgain });
  }
  const lock = await readLock(path);
  const models = overrides.model?.length ? await pinModels(recipe.models, lock) : lock.models;
  await assertAsLocked(models, lockAgain);
  const tools = await toolPackages(recipe.base);
  const tag = tagOf(await readRecipe(name), recipe, overrides.tag);
  const image = (draft: Draft) => resolveImage(draft, { ...lock, models }, tools, lockAgain);
  return drafts.map((draft) => ({ ...image(draft), tag, ...(kernel ? { kernel } : {}) }));
}

export function lockPath(recipe: Recipe, overrides: Overrides): string {
  return overrides.lock ?? join(repository, 'recipes', `${recipe.name}.${recipe.base}.lock.json`);
}

export async function readLock(path: string): Promise<Lock> {
  const what = `lock ${path}`;
  const text = await readText(path).catch((error) => {
    throw within(what, error);
  });
  const value = parseJson(text, what);
  const schema = (value as Lock | null)?.schema;
  if (typeof schema === 'number' && schema !== lockVersion)
    throw new IngotError(
      'INPUT_INVALID',
      `${what} has schema ${schema}; this version of Ingot reads ${lockVersion}`,
      {
        hint: 'write it again with ingot lock <recipe> --update, or use the Ingot that wrote it',
      },
    );
  return validate<Lock>(lockSchema, value, what);
}

export async function writeLock(path: string, lock: Lock): Promise<void> {
  await writeAtomic(path, renderLock(lock));
}

/** Sorted names of the packages of a base's tools tree, or of another list. */
export async function toolPackages(base: string, list = 'tools'): Promise<string[]> {
  const { name } = distroOf(base);
  return [...((await readPackageList(list))?.[name] ?? [])].sort();
}
