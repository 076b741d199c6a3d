import { join, resolve } from 'node:path';
import { renderLock } from '../formats/lock-file.ts';
import { synthesiseSmokeModel } from '../gguf/synthesise.ts';
import { hashChunks } from '../host/blobs.ts';
import { importDefault, moduleNames, readOverlay, readYaml } from '../host/drawers.ts';
import { exists, fileSize, hashFile, readText, repository, writeAtomic } from '../host/files.ts';
import type { Feature } from '../model/define.ts';
import { IngotError, nearest } from '../model/errors.ts';
import type { Target } from '../model/target.ts';
import type { Image, Lock, LockedModel, ModelUse, Recipe } from '../model/types.ts';
import { type Draft, type Drawers, type PackageList, resolveDraft } from '../resolve/image.ts';
import { resolveImage } from '../resolve/locked.ts';
import {
  lockSchema,
  lockVersion,
  ownersSchema,
  packageListSchema,
  recipeSchema,
  targetSchema,
} from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';
import { localModel, sourceKind } from '../stages/model-source.ts';
import { parseDiskSize } from './_disk-size.ts';

export const defaultRecipe = 'nanite-server';

/** What the command line may change of a recipe. */
export interface Overrides {
  base?: string;
  /** Model sources that replace the recipe's. */
  model?: string[];
  /** Size of the disk, as `12GiB`. */
  diskSize?: string;
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
  await known('RECIPE_UNKNOWN', 'recipe', name, await recipeNames());
  const written = await importDefault<Recipe>('recipes', name);
  const recipe = {
    ...written,
    ...(overrides.base ? { base: overrides.base } : {}),
    ...(overrides.model?.length ? { models: overrides.model.map(modelFromSource) } : {}),
    ...(overrides.diskSize ? { disk: { ...written.disk, sizeMiB: parseDiskSize(overrides.diskSize) } } : {}),
  };
  const valid = validate<Recipe>(recipeSchema, recipe, `recipe ${name}`, 'RECIPE_INVALID');
  if (valid.name === name) return valid;
  throw new IngotError('RECIPE_INVALID', `recipes/${name}.ts calls itself ${valid.name}`, {
    hint: `give the file and the recipe one name`,
  });
}

export async function readTarget(name: string): Promise<Target> {
  await known('TARGET_UNKNOWN', 'target', name, await targetNames());
  const target = await importDefault<Target>('build/targets', name);
  return validate<Target>(targetSchema, target, `target ${name}`, 'RECIPE_INVALID');
}

/** The recipe for the target with every drawer read and decided. */
export async function readDraft(recipe: Recipe, target: Target): Promise<Draft> {
  const drawers: { [feature: string]: Drawers } = {};
  for (const name of await moduleNames('recipes/features')) drawers[name] = await readDrawers(name);
  return resolveDraft({ recipe, target, drawers });
}

/** The recipe for every target, each of which adds features of its own: one lock answers for all. */
export async function readDrafts(recipe: Recipe): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const name of await targetNames()) drafts.push(await readDraft(recipe, await readTarget(name)));
  return drafts;
}

/** The draft joined with its lock. */
export async function readImage(name: string, target: string, overrides: Overrides = {}): Promise<Image> {
  const recipe = await readRecipe(name, overrides);
  const draft = await readDraft(recipe, await readTarget(target));
  const path = lockPath(recipe, overrides);
  if (!(await exists(path)))
    throw new IngotError('LOCK_MISSING', `recipe ${name} has no lock for base ${recipe.base}`, {
      hint: `ingot lock ${name}${overrides.base ? ` --base ${overrides.base}` : ''}`,
    });
  const lock = await readLock(path);
  const models = overrides.model?.length ? await pinModels(recipe.models, lock) : lock.models;
  for (const model of models) if (sourceKind(model) === 'file') await localModel(model);
  return resolveImage(draft, { ...lock, models }, await toolPackages());
}

/** Facts that pin models named on the command line: what is at hand is read now, the rest must be in the lock. */
async function pinModels(models: ModelUse[], lock: Lock): Promise<LockedModel[]> {
  return Promise.all(
    models.map(async (model) => {
      const locked = lock.models.find(({ source }) => source === model.source);
      if (locked) return { ...locked, name: model.name };
      const kind = sourceKind(model);
      if (kind === 'builtin') return { ...model, ...hashChunks(synthesiseSmokeModel()) };
      if (kind === 'file') {
        const path = await localModel(model);
        return { ...model, size: await fileSize(path), sha256: await hashFile(path) };
      }
      throw new IngotError('LOCK_STALE', `model ${model.source} is not in the lock`, {
        hint: `ingot lock ${lock.recipe} --model ${model.source} --lock my.lock.json, then build with the same options`,
      });
    }),
  );
}

export function lockPath(recipe: Recipe, overrides: Overrides): string {
  return overrides.lock ?? join(repository, 'recipes', `${recipe.name}.${recipe.base}.lock.json`);
}

export async function readLock(path: string): Promise<Lock> {
  const what = `lock ${path}`;
  const value = parseJson(await readText(path), what);
  const schema = (value as Lock | null)?.schema;
  if (typeof schema === 'number' && schema !== lockVersion)
    throw new IngotError('INPUT_INVALID', `${what} has schema ${schema}, this Ingot reads ${lockVersion}`, {
      hint: 'write it anew with ingot lock <recipe> --update, or use the Ingot that wrote it',
    });
  return validate<Lock>(lockSchema, value, what);
}

export async function writeLock(path: string, lock: Lock): Promise<void> {
  await writeAtomic(path, renderLock(lock));
}

/** Sorted names of the packages of the tools tree. */
export async function toolPackages(): Promise<string[]> {
  return [...(await readPackageList('tools'))!.debian].sort();
}

async function readDrawers(name: string): Promise<Drawers> {
  const ownersFile = `overlays/${name}/owners.yaml`;
  const owners = validate<never>(ownersSchema, (await readYaml(ownersFile)) ?? {}, ownersFile);
  return {
    feature: await importDefault<Feature>('recipes/features', name),
    packages: await readPackageList(name),
    overlay: await readOverlay(name, owners),
    kernelFragment: await exists(join(repository, 'kernel', `${name}.config`)),
  };
}

async function readPackageList(name: string): Promise<PackageList | undefined> {
  const path = `packages-lists/${name}.yaml`;
  const list = await readYaml(path);
  return list === undefined ? undefined : validate<PackageList>(packageListSchema, list, path);
}

/** `/models/Qwen3-4B-Q4_K_M.gguf` → a model named `qwen3-4b-q4_k_m`. */
function modelFromSource(source: string): { name: string; source: string } {
  const last = source.split(/[/:]/).at(-1)!.split('?')[0]!;
  const name = last
    .replace(/\.gguf$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.+-]/g, '-');
  // A path is meant from where the command is typed, not from the repository.
  const found = sourceKind({ name, source }) === 'file' ? resolve(source) : source;
  return { name: name || 'model', source: found };
}

async function known(code: 'RECIPE_UNKNOWN' | 'TARGET_UNKNOWN', what: string, name: string, names: string[]) {
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new IngotError(code, `${what} ${name} does not exist`, {
    hint: near ? `did you mean ${near}?` : `there are ${names.join(', ')}; see ingot list`,
  });
}
