import { type Distro, type DistroName, distroOfBase } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import { debian } from './debian/distro.ts';

/** The one table of distributions. */
const distros: { [name in DistroName]: Distro } = { debian };

export const allDistros: Distro[] = Object.values(distros);

export function findDistro(name: DistroName): Distro {
  return distros[name];
}

/** The distribution that a recipe's base is of. */
export function distroOf(base: string): Distro {
  if (Object.hasOwn(distroOfBase, base)) return distros[distroOfBase[base as keyof typeof distroOfBase]];
  throw new IngotError('RECIPE_INVALID', `no distribution has the base ${base}`, {
    hint: `bases are ${Object.keys(distroOfBase).join(', ')}`,
  });
}
