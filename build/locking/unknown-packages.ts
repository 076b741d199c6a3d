import { IngotError, nearest, shortList } from '../model/errors.ts';
import type { PackageQuestion } from './resolve-packages.ts';

/** The error for names that no package has: who asks for each, and which one may have been meant. */
export function unknownPackagesError(
  unknown: string[],
  { base, askedBy, known }: Pick<PackageQuestion, 'base' | 'askedBy'> & { known: string[] },
): IngotError {
  const listed = unknown.map((name) => `${name} (asked for by ${askedBy(name)})`);
  // A few are enough to begin with, and each is held against the whole archive.
  const meant = unknown.slice(0, 5).flatMap((name) => {
    const near = nearest(name, alike(name, known));
    return near ? [`${near} for ${name}`] : [];
  });
  return new IngotError('PACKAGE_UNKNOWN', `${base} has no package ${shortList(listed)}`, {
    hint: meant.length
      ? `did you mean ${meant.join(', ')}? Correct the name where it is asked for`
      : 'correct the name where it is asked for, or choose another base',
  });
}

/**
 * Of the seventy thousand names of an archive, those that are worth comparing: as long and with the same
 * beginning or end. What has more of the beginning comes first, and then what is shorter.
 */
function alike(name: string, known: string[]): string[] {
  // Of so short a name, everything is near.
  if (name.length < 4) return [];
  const shared = (other: string) => {
    let count = 0;
    while (count < name.length && other[count] === name[count]) count++;
    return count;
  };
  return known
    .filter((other) => Math.abs(other.length - name.length) <= 2)
    .filter((other) => other.slice(0, 2) === name.slice(0, 2) || other.slice(-3) === name.slice(-3))
    .sort((a, b) => shared(b) - shared(a) || a.length - b.length);
}

/** Who asks for a package: the features that do, or the list of the tools. */
export function askersOf(features: { name: string; packages: string[] }[]): (name: string) => string {
  return (name) => {
    const asking = features.filter(({ packages }) => packages.includes(name));
    const names = [...new Set(asking.map((feature) => feature.name))];
    return names.length ? `feature ${names.join(', ')}` : 'packages-lists/tools.yaml';
  };
}
