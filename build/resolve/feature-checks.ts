import type { ImageFeature } from '../model/image.ts';
import { modelRoles } from '../model/models.ts';
import { servedModels } from '../model/served.ts';
import type { Recipe } from '../model/types.ts';

/**
 * Features that exclude each other. `names` are those of all features asked for, so that one with a wrong
 * option is not called missing as well.
 */
export function contradictions(features: ImageFeature[], names: string[]): string[] {
  const problems: string[] = [];
  for (const feature of features) {
    const { name, effect } = feature;
    for (const other of effect.requires ?? [])
      if (!names.includes(other))
        problems.push(`feature ${name} requires feature ${other}, which the recipe does not use`);
    for (const other of effect.conflicts ?? [])
      if (names.includes(other)) problems.push(`features ${name} and ${other} conflict`);
    for (const unit of effect.mask ?? [])
      for (const other of features)
        if (other.effect.enable?.includes(unit) && !excludeEachOther(feature, other))
          problems.push(`feature ${name} masks ${unit}, which feature ${other.name} enables`);
  }
  for (const { name, early, overlay } of features)
    for (const path of early)
      if (!overlay.some((file) => file.path === path))
        problems.push(`feature ${name} has no file /${path} in its overlay that packages could read`);
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

/** What a feature says against its own options, taken together. */
export function optionProblems({ name, effect }: ImageFeature): string[] {
  return (effect.problems ?? []).map((said) => `feature ${name}: ${said}`);
}

/** Whether two features exclude each other, so that nothing else needs to be said of them. */
export function excludeEachOther(a: ImageFeature, b: ImageFeature): boolean {
  return Boolean(a.effect.conflicts?.includes(b.name) || b.effect.conflicts?.includes(a.name));
}

/** Features that need a model in a recipe that has none, or whose first is for something else. */
export function modelless({ models: [first] }: Recipe, features: ImageFeature[]): string[] {
  return features.flatMap(({ name, effect: { needsModel } }) => {
    if (!needsModel) return [];
    if (!first) return [`feature ${name} needs a model, and the recipe has none`];
    const { role = needsModel } = first;
    if (role === needsModel || (role === 'code' && needsModel === 'chat')) return [];
    return [
      `feature ${name} serves the first model for ${needsModel}, and ${first.name} has the role ${role}`,
    ];
  });
}

/** Models that would answer to a name which the server gives to another one of several. */
export function ambiguous({ models }: Recipe): string[] {
  if (models.length < 2) return [];
  return servedModels(models).flatMap(({ name, role }) => {
    const isRole = (modelRoles as readonly string[]).includes(name);
    if (name !== 'default' && (!isRole || name === role)) return [];
    const which = isRole ? `the first model with the role ${name}` : 'the first model';
    return [`model ${name} would answer to a name of ${which}: give it another`];
  });
}

/** Names that are listed more than once. */
export function repeated(what: string, names: string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `${what} ${name} is listed twice`,
  );
}

/** `a/b/c` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
