import type { Check } from './check.ts';
import { ownedPaths } from './owned.ts';
import { each, follow } from './root.ts';

/** Names, links and times of everything in the root. */
export const names: Check[] = [
  {
    name: 'characters',
    rule: 'Flatcar',
    must: 'file names are valid UTF-8 without control characters',
    remedy: 'rename it',
    find: (root) =>
      root.entries
        .filter(({ path }) => unreadable.test(path))
        .map(({ path }) => ({ path: JSON.stringify(path), found: 'a name that a terminal cannot show' })),
  },
  {
    name: 'blank-names',
    rule: 'Ingot',
    must: 'no file name begins or ends with a blank or consists of dots',
    remedy: 'rename it; such names hide things',
    find: (root) =>
      root.entries
        .filter(({ path }) => /(^|\/)(\s[^/]*|[^/]*\s|\.{3,})(\/|$)/.test(path))
        .map(({ path }) => ({ path: JSON.stringify(path), found: 'a name that hides' })),
  },
  {
    name: 'dead-links',
    rule: 'Flatcar',
    must: 'every link leads somewhere, now or when the machine runs',
    remedy: 'remove it, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) => {
      const owned = ownedPaths(root);
      // Packaged documentation links to what recommended packages bring, which are not installed.
      const isDocumentation = (path: string) => path.startsWith('usr/share/doc/') && owned.has(path);
      return each(
        root.entries.filter(
          ({ path, kind, to }) =>
            kind === 'l' &&
            !follow(root, path) &&
            !(path in root.expected.allowed.deadLinks) &&
            !isDocumentation(path) &&
            !madeAtBoot.test(to),
        ),
        ({ to }) => `link to ${to}`,
      );
    },
  },
  {
    name: 'escaping-links',
    rule: 'Ingot',
    must: 'no link names a folder of the build, or climbs above the root',
    remedy: 'link to the place on the finished system',
    find: (root) =>
      each(
        root.entries.filter(
          ({ path, kind, to }) => kind === 'l' && (/^\/(work|inputs)(\/|$)/.test(to) || climbs(path, to)),
        ),
        ({ to }) => `link to ${to}`,
      ),
  },
  {
    name: 'later-times',
    rule: 'Ingot',
    must: 'nothing is newer than the lock',
    remedy: 'clamp the time to SOURCE_DATE_EPOCH',
    find: (root) =>
      each(
        root.entries.filter(({ mtime }) => mtime > root.expected.sourceDateEpoch),
        ({ mtime }) => `${new Date(mtime * 1000).toISOString()}, later than the lock`,
      ),
  },
  {
    name: 'impossible-times',
    rule: 'Ingot',
    must: 'nothing is older than the oldest distribution',
    remedy: 'set a valid time',
    find: (root) =>
      each(
        // The summer of 1993.
        root.entries.filter(({ mtime }) => mtime < 745_459_200),
        ({ mtime }) => new Date(mtime * 1000).toISOString(),
      ),
  },
  {
    name: 'account-dates',
    rule: 'Ingot',
    must: "no account's password was changed later than the lock",
    remedy: 'set the third field of etc/shadow to the day of SOURCE_DATE_EPOCH',
    find: (root) =>
      (root.texts.get('etc/shadow') ?? '')
        .split('\n')
        .map((line) => line.split(':'))
        .filter(([, , day]) => Number(day) * 86_400 > root.expected.sourceDateEpoch)
        .map(([name, , day]) => ({ path: 'etc/shadow', found: `${name} was changed on day ${day}` })),
  },
];

// C0, DEL, C1, line separators, marks that turn the direction of writing, and what is no UTF-8.
const unreadable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/u;

const madeAtBoot = /^(\/|(\.\.\/)+)(dev|proc|run|sys)\//;

/** Whether a relative link has more `..` than folders above it. */
function climbs(path: string, to: string): boolean {
  if (to.startsWith('/')) return false;
  let depth = path.split('/').length - 1;
  for (const name of to.split('/')) {
    depth += name === '..' ? -1 : name === '' || name === '.' ? 0 : 1;
    if (depth < 0) return true;
  }
  return false;
}
