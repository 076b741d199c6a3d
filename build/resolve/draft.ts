import { findBackend } from '../backends/find.ts';
import { distroOf } from '../distros/find.ts';
import type { Feature, Surroundings } from '../model/define.ts';
import type { Distro, DistroName } from '../model/distro.ts';
import { IngotError, nearest } from '../model/errors.ts';
import type { Target } from '../model/target.ts';
import type { FeatureUse, Image, ImageFeature, OverlayFile, Recipe } from '../model/types.ts';
import { validate } from '../schema/validate.ts';
import { commandLineOf, diskOf, firmwareOf } from './disk.ts';
import { diskProblems } from './disk-checks.ts';

/** Package names of one feature, per distribution. */
export type PackageList = { [distro in DistroName]?: string[] } & {
  /** Per base, packages of this list that the base is known to lack. */
  missing?: { [base: string]: string[] };
};

/** One feature with its drawers as read from the repository. */
export interface Drawers {
  feature: Feature;
  packages?: PackageList;
  overlay: OverlayFile[];
  /** There is a file kernel/<feature>.config. */
  kernelFragment?: boolean;
}

/** A recipe for a target with every feature decided, before a lock is needed. */
export type Draft = Omit<Image, 'lock' | 'version' | 'overlay'>;
export type DraftWithVersion = Draft & Pick<Image, 'version'>;

/**
 * Decides every feature's options and effect, and refuses what contradicts; throws with all problems at once.
 */
export function resolveDraft(options: {
  recipe: Recipe;
  target: Target;
  drawers: { [feature: string]: Drawers };
}): Draft {
  const { recipe, target, drawers } = options;
  const distro = distroOf(recipe.base);
  const own = recipe.features.filter(({ name }) => !target.omits.includes(name));
  const added = target.features.filter(({ name }) => !namesOf(own).includes(name));
  const uses = [...own, ...added];
  const invalid: IngotError[] = [];
  const decided = uses.flatMap((use) => {
    try {
      return [decideOptions(use, drawers)];
    } catch (error) {
      if (!(error instanceof IngotError)) throw error;
      invalid.push(error);
      return [];
    }
  });
  const surroundings: Surroundings = {
    features: Object.fromEntries(decided.map(({ name, options }) => [name, options])),
    models: namesOf(recipe.models),
  };
  const features = decided.map((use) => resolveFeature(use, drawers[use.name]!, surroundings, distro.name));
  const disk = diskOf(recipe, target);
  const draft: Draft = {
    recipe,
    target,
    distro: distro.name,
    arch: 'x86_64',
    features,
    disk,
    firmware: firmwareOf(recipe, target),
    commandLine: commandLineOf(recipe, target, features, disk),
    packages: [...new Set(features.flatMap((feature) => feature.packages))].sort(),
  };
  findBackend({ distro: distro.name, medium: target.medium });
  const wrongDisk = diskProblems(draft);
  const problems = [
    ...invalid.map(({ message }) => message),
    ...wrongDisk,
    ...repeated('feature', namesOf(uses)),
    ...repeated('model', namesOf(recipe.models)),
    ...contradictions(features, namesOf(uses)),
    ...modelless(recipe, features),
    ...lacking(recipe.base, distro, features, drawers),
  ].sort();
  if (problems.length)
    throw new IngotError(
      invalid.length || wrongDisk.length ? 'RECIPE_INVALID' : 'FEATURE_CONFLICT',
      `recipe ${recipe.name}: ${problems.join('; ')}`,
      { hint: invalid[0]?.hint ?? hintFor(recipe, wrongDisk) },
    );
  return draft;
}

function hintFor({ name }: Recipe, wrongDisk: string[]): string {
  if (wrongDisk.length)
    return `change disk, boot or features in recipes/${name}.ts, or give another --disk-size`;
  return `change the features in recipes/${name}.ts, or the base`;
}

/** The use of a feature with every option that it has; throws when it is none, or an option is wrong. */
function decideOptions(
  { name, options: given }: FeatureUse,
  drawers: { [feature: string]: Drawers },
): FeatureUse {
  const found = drawers[name];
  if (!found) {
    const near = nearest(name, Object.keys(drawers));
    throw new IngotError('RECIPE_INVALID', `feature ${name} does not exist`, {
      hint: near ? `did you mean ${near}?` : `features are ${Object.keys(drawers).sort().join(', ')}`,
    });
  }
  if (found.kernelFragment)
    throw new IngotError(
      'RECIPE_INVALID',
      `feature ${name} has a kernel fragment, but no stage builds a kernel yet`,
      {
        hint: `remove kernel/${name}.config: the image has its distribution's own kernel`,
      },
    );
  const properties = found.feature.definition.options;
  const schema = { type: 'object', additionalProperties: false, properties };
  const what = `options of feature ${name}`;
  return { name, options: validate(schema, structuredClone(given), what, 'RECIPE_INVALID') };
}

function resolveFeature(
  { name, options }: FeatureUse,
  drawers: Drawers,
  image: Surroundings,
  distro: DistroName,
): ImageFeature {
  const { definition } = drawers.feature;
  const { hygiene } = definition;
  const effect = definition.effect(options, image);
  return {
    name,
    options,
    effect,
    hygiene: (typeof hygiene === 'function' ? hygiene(options) : hygiene) ?? {},
    everyStart: definition.everyStart ?? false,
    packages: [...(drawers.packages?.[distro] ?? []), ...(effect.packages?.[distro] ?? [])],
    overlay: drawers.overlay,
  };
}

function namesOf(items: { name: string }[]): string[] {
  return items.map((item) => item.name);
}

function repeated(what: string, names: string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `${what} ${name} is listed twice`,
  );
}

/**
 * `names` are those of all features asked for, so that one with a wrong option is not called missing as well.
 */
function contradictions(features: ImageFeature[], names: string[]): string[] {
  const problems: string[] = [];
  for (const { name, effect } of features) {
    for (const other of effect.requires ?? [])
      if (!names.includes(other)) problems.push(`feature ${name} needs feature ${other}, which is not there`);
    for (const other of effect.conflicts ?? [])
      if (names.includes(other)) problems.push(`features ${name} and ${other} contradict each other`);
    for (const unit of effect.mask ?? [])
      for (const other of features)
        if (other.effect.enable?.includes(unit))
          problems.push(`feature ${name} masks ${unit}, which feature ${other.name} enables`);
  }
  const owners = new Map<string, string>();
  for (const { name, overlay } of features)
    for (const { path } of overlay) {
      if (owners.has(path) && owners.get(path) !== name)
        problems.push(`features ${owners.get(path)} and ${name} both have the file /${path}`);
      owners.set(path, name);
    }
  for (const { name, overlay } of features)
    for (const { path } of overlay)
      for (const above of foldersOf(path))
        if (owners.has(above))
          problems.push(
            `feature ${name} has /${path}, but feature ${owners.get(above)} has /${above}, which is no folder`,
          );
  return problems;
}

/** `a/b/c` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function lacking(
  base: string,
  { name: distro, title }: Distro,
  features: ImageFeature[],
  drawers: { [feature: string]: Drawers },
): string[] {
  return features.flatMap(({ name }) => {
    const list = drawers[name]?.packages;
    if (list && !list[distro]) return [`feature ${name} has no list of packages for ${title}`];
    return (list?.missing?.[base] ?? []).map(
      (lacked) => `feature ${name} needs package ${lacked}, which base ${base} lacks`,
    );
  });
}

function modelless(recipe: Recipe, features: ImageFeature[]): string[] {
  if (recipe.models.length) return [];
  return features
    .filter((f) => f.effect.needsModel)
    .map((f) => `feature ${f.name} needs a model, and the recipe has none`);
}
