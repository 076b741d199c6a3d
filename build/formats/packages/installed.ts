/** An installed package of a root. */
export interface InstalledPackage {
  name: string;
  version: string;
  architecture: string;
  /** `Name <address>`. */
  maintainer?: string;
  /** Source package with its version: `rust-threecpio (0.14.0-1)`. */
  source: string;
  homepage?: string;
}

/**
 * A package in the listing that a distribution's `listInstalled` prints; in any state, such as half removed.
 */
export interface ListedPackage extends InstalledPackage {
  state: string;
}

/** The packages of a listing that are installed whole. */
export function parseInstalled(listing: string): InstalledPackage[] {
  return parseListing(listing)
    .filter(({ state }) => state === 'installed')
    .map(({ state: _installed, ...found }) => found);
}

/** All packages of a listing, one a line with tabs between its fields, sorted by name and architecture. */
export function parseListing(listing: string): ListedPackage[] {
  return listing
    .split('\n')
    .filter(Boolean)
    .map((line): ListedPackage => {
      const [name = '', version = '', architecture = '', state = '', maintainer, source = '', homepage] =
        line.split('\t');
      return {
        name,
        version,
        architecture,
        state,
        ...(maintainer ? { maintainer } : {}),
        source,
        ...(homepage ? { homepage } : {}),
      };
    })
    .sort((a, b) => (packageKey(a) < packageKey(b) ? -1 : 1));
}

/** Names a package of one architecture among those of an image. */
export function packageKey({ name, architecture }: { name: string; architecture: string }): string {
  return `${name}:${architecture}`;
}
