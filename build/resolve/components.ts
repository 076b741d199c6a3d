import { distroOf } from '../distros/find.ts';
import type { Distro } from '../model/distro.ts';
import { nearest } from '../model/errors.ts';
import type { Recipe } from '../model/types.ts';
import type { Draft, PackageList } from './draft.ts';

/** Parts of the archive that a recipe or a lock names, the standard one first. */
export function componentsOf(base: string, { components: named = [] }: { components?: string[] }): string[] {
  const [standard, ...others] = distroOf(base).components;
  return [standard, ...others.filter((component) => named.includes(component))];
}

/** What a recipe names as a part of the archive that is none. */
export function unknownComponents({ components = [] }: Recipe, distro: Distro): string[] {
  return components
    .filter((component) => !distro.components.includes(component))
    .map((component) => {
      const near = nearest(component, distro.components);
      const all = distro.components.join(', ');
      return `${distro.title} has no component ${component}${near ? `, is it ${near}?` : ''} (there are ${all})`;
    });
}

/** Features with packages of a part of the archive that the recipe does not take. */
export function lackedComponents(
  { recipe, features, components }: Pick<Draft, 'recipe' | 'features' | 'components'>,
  drawers: { [feature: string]: { packages?: PackageList } },
  distro: Distro,
): string[] {
  return features.flatMap(({ name }) =>
    (drawers[name]?.packages?.components ?? []).flatMap((needed) => {
      if (!distro.components.includes(needed))
        return [
          `packages-lists/${name}.yaml names the component ${needed}, which ${distro.title} does not have`,
        ];
      if (components.includes(needed)) return [];
      const all = [...(recipe.components ?? []), needed].map((component) => `'${component}'`).join(', ');
      return [
        `feature ${name} needs packages of component ${needed}: write components: [${all}] in recipes/${recipe.name}.ts`,
      ];
    }),
  );
}
