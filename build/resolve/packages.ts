import { distroOf, findDistro } from '../distros/find.ts';
import type { NamedPackage } from '../formats/attest/inventory.ts';
import type { Distro, DistroName } from '../model/distro.ts';
import type { ImageFeature } from '../model/image.ts';
import type { ImageKernel } from '../model/kernel.ts';
import type { LockedPackage } from '../model/lock.ts';
import type { Recipe } from '../model/types.ts';

/** Locked packages with their package URLs. */
export function namedPackages(
  packages: LockedPackage[],
  { distro, base }: { distro: DistroName; base: string },
): NamedPackage[] {
  const { purl } = findDistro(distro);
  return packages.map((locked) => ({ ...locked, purl: purl(locked, base) }));
}

/** Sorted names of what features bring; a kernel of the recipe's own stands for the distribution's. */
export function askedPackages({ kernel }: Recipe, features: ImageFeature[], { ownKernel }: Distro): string[] {
  const asked = features.flatMap(({ packages }) => packages);
  const { replaces, needs } = ownKernel;
  const all = kernel ? [...asked.filter((name) => !replaces.includes(name)), ...needs] : asked;
  return [...new Set(all)].sort();
}

/** What an image's own kernel is made of and by. */
export function kernelMaterials({ source }: ImageKernel): NamedPackage[] {
  const { base, packages, tools } = source;
  return namedPackages([...packages, ...tools], { distro: distroOf(base).name, base });
}
