import { findBackend } from '../backends/find.ts';
import { distroOf } from '../distros/find.ts';
import type { Feature, Surroundings } from '../model/define.ts';
import type { Distro, DistroName } from '../model/distro.ts';
import { IngotError, nearest } from '../model/errors.ts';
import type { Image, ImageFeature, OverlayFile } from '../model/image.ts';
import { servedModels } from '../model/served.ts';
import type { Target } from '../model/target.ts';
import type { FeatureUse, Recipe } from '../model/types.ts';
import { validate } from '../schema/validate.ts';
import { componentsOf, lackedComponents, unknownComponents } from './components.ts';
import { commandLineOf, diskOf, firmwareOf } from './disk.ts';
import { diskProblems } from './disk-checks.ts';
import { ambiguous, contradictions, modelless, optionProblems, repeated } from './feature-checks.ts';
import { hardwareProblems } from './hardware-checks.ts';
import { modulesOf, type Services, servicesOf } from './modules.ts';
import { commandLineProblems, nameProblems } from './name-checks.ts';
import { askedPackages } from './packages.ts';

/** Package names of one feature, per distribution. */
export type PackageList = { [distro in DistroName]?: string[] } & {
  /** Parts of the archive that packages of this list come from, besides the standard one. */
  components?: string[];
  /** Per base, packages of this list that the base is known to lack. */
  missing?: { [base: string]: string[] };
};

/** One feature with its drawers as read from the repository. */
export interface Drawers {
  feature: Feature;
  packages?: PackageList;
  overlay: OverlayFile[];
  /** There is a file kernel/<feature>.config that is the feature's own. */
  kernelFragment?: boolean;
}

/** A recipe for a target with every feature decided, before a lock is needed. */
export type Draft = Omit<Image, 'lock' | 'version' | 'overlay' | 'installed'> & { installed?: Draft };
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
      return [decideOptions(use, recipe, drawers)];
    } catch (error) {
      if (!(error instanceof IngotError)) throw error;
      invalid.push(error);
      return [];
    }
  });
  const surroundings: Surroundings = {
    features: Object.fromEntries(decided.map(({ name, options }) => [name, options])),
    models: servedModels(recipe.models),
  };
  const image = { ...surroundings, services: servicesOf(decided.map(({ name }) => drawers[name]!)) };
  const features = decided.map((use) => resolveFeature(use, drawers[use.name]!, image, distro.name));
  const disk = diskOf(recipe, target);
  const draft: Draft = {
    recipe,
    target,
    distro: distro.name,
    arch: 'x86_64',
    features,
    disk,
    firmware: firmwareOf(recipe, target),
    components: componentsOf(recipe.base, recipe),
    commandLine: commandLineOf(recipe, target, features, disk),
    packages: askedPackages(recipe, features, distro),
  };
  findBackend({ distro: distro.name, medium: target.medium });
  const wrong = {
    disk: [...diskProblems(draft), ...hardwareProblems(recipe)],
    components: [...unknownComponents(recipe, distro), ...lackedComponents(draft, drawers, distro)],
    models: [...repeated('model', namesOf(recipe.models)), ...ambiguous(recipe)],
    options: features.flatMap(optionProblems),
    modelless: modelless(recipe, features),
  };
  const problems = [
    ...invalid.map(({ message }) => message),
    ...wrong.disk,
    ...wrong.components,
    ...repeated('feature', namesOf(uses)),
    ...wrong.models,
    ...wrong.options,
    ...contradictions(features, namesOf(uses)),
    ...nameProblems(features, optionsOf(drawers), distro),
    ...commandLineProblems(draft.commandLine),
    ...wrong.modelless,
    ...lacking(recipe.base, distro, features, drawers),
  ].sort();
  if (problems.length)
    throw new IngotError(
      invalid.length || [wrong.disk, wrong.components, wrong.models, wrong.options].some((of) => of.length)
        ? 'RECIPE_INVALID'
        : 'FEATURE_CONFLICT',
      `recipe ${recipe.name}: ${problems.join('; ')}`,
      { hint: invalid[0]?.hint ?? hintFor(recipe, wrong) },
    );
  return draft;
}

function hintFor(
  { name }: Recipe,
  wrong: { disk: string[]; components: string[]; models: string[]; modelless: string[] },
): string {
  if (wrong.disk.length)
    return `change disk, boot, hardware or features in recipes/${name}.ts, or give another --disk-size`;
  if (wrong.components.length) return `change components in recipes/${name}.ts`;
  if (wrong.models.length) return `give each of the models in recipes/${name}.ts a name of its own`;
  if (wrong.modelless.length) return `name a model in recipes/${name}.ts, or give one with --model`;
  return `change the features in recipes/${name}.ts, or the base`;
}

/** The use of a feature with every option that it has; throws when it is none, or an option is wrong. */
function decideOptions(
  { name, options: given }: FeatureUse,
  recipe: Recipe,
  drawers: { [feature: string]: Drawers },
): FeatureUse {
  const found = drawers[name];
  if (!found) {
    const near = nearest(name, Object.keys(drawers));
    throw new IngotError('RECIPE_INVALID', `feature ${name} does not exist`, {
      hint: near ? `did you mean ${near}?` : `features are ${Object.keys(drawers).sort().join(', ')}`,
    });
  }
  if (found.kernelFragment && !recipe.kernel)
    throw new IngotError(
      'RECIPE_INVALID',
      `feature ${name} has a kernel fragment, but the recipe has its distribution's kernel`,
      { hint: `give recipes/${recipe.name}.ts a kernel, see docs/kernels.md, or leave the feature out` },
    );
  const properties = found.feature.definition.options;
  const schema = { type: 'object', additionalProperties: false, properties };
  const what = `options of feature ${name}`;
  return { name, options: validate(schema, structuredClone(given), what, 'RECIPE_INVALID') };
}

function resolveFeature(
  { name, options }: FeatureUse,
  drawers: Drawers,
  { services, ...image }: Surroundings & { services: Services },
  distro: DistroName,
): ImageFeature {
  const { definition } = drawers.feature;
  const { hygiene } = definition;
  const given = definition.effect(options, image);
  const overlay = drawers.overlay.filter(({ path }) => !given.leaveOut?.includes(path));
  const modules = modulesOf(overlay, services);
  const ports = [...(given.ports ?? []), ...modules.ports];
  const effect = modules.ports.length ? { ...given, ports } : given;
  return {
    name,
    options,
    effect,
    hygiene: (typeof hygiene === 'function' ? hygiene(options) : hygiene) ?? {},
    early: (definition.early ?? []).filter((path) => !effect.leaveOut?.includes(path)),
    everyStart: definition.everyStart ?? false,
    packages: [...(drawers.packages?.[distro] ?? []), ...(effect.packages?.[distro] ?? [])],
    overlay: [...overlay, ...modules.files],
  };
}

function optionsOf(drawers: { [feature: string]: Drawers }) {
  const options = Object.entries(drawers).map(([name, { feature }]) => [name, feature.definition.options]);
  return Object.fromEntries(options);
}

function namesOf(items: { name: string }[]): string[] {
  return items.map((item) => item.name);
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
