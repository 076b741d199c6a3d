import type { Check } from './check.ts';
import { generatedPaths, ownedPaths } from './owned.ts';
import { present } from './root.ts';

/** The package manager's word and the tree must agree. */
export const packages: Check[] = [
  {
    name: 'altered-files',
    rule: 'Ingot',
    must: "packaged files are unchanged, except those that a feature's overlay replaces",
    remedy:
      'bring the change by an overlay, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) =>
      root.altered
        .filter(
          ({ path }) => !(path in root.expected.allowed.altered) && !root.expected.overlay.includes(path),
        )
        .map(({ path, how }) => ({ path, found: how })),
  },
  {
    name: 'unowned-files',
    rule: 'Ingot',
    must: 'everything comes from a package, a feature, or a program on the list',
    remedy: 'remove it, or allow it with its reason under hygiene.generated in recipes/features/<name>.ts',
    find(root) {
      const owned = ownedPaths(root);
      const isGenerated = generatedPaths(root);
      return present(root.entries.filter(({ path }) => path && !owned.has(path) && !isGenerated(path)));
    },
  },
];
