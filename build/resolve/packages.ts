import { findDistro } from '../distros/find.ts';
import type { NamedPackage } from '../formats/attest/inventory.ts';
import type { DistroName } from '../model/distro.ts';
import type { LockedPackage } from '../model/lock.ts';

/** Locked packages with their package URLs. */
export function namedPackages(
  packages: LockedPackage[],
  { distro, base }: { distro: DistroName; base: string },
): NamedPackage[] {
  const { purl } = findDistro(distro);
  return packages.map((locked) => ({ ...locked, purl: purl(locked, base) }));
}
