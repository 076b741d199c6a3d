import { parseParagraphs } from './deb822.ts';

/** A package as dpkg's own database has it. */
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

/** The installed packages of a /var/lib/dpkg/status, sorted by name and architecture. */
export function parseDpkgStatus(text: string): InstalledPackage[] {
  return parseParagraphs(text)
    .filter(({ Status }) => Status === 'install ok installed')
    .map((p) => ({
      name: p.Package!,
      version: p.Version!,
      architecture: p.Architecture!,
      ...(p.Maintainer ? { maintainer: p.Maintainer } : {}),
      source: p.Source?.includes('(') ? p.Source : `${p.Source ?? p.Package} (${p.Version})`,
      ...(p.Homepage ? { homepage: p.Homepage } : {}),
    }))
    .sort((a, b) => (packageKey(a) < packageKey(b) ? -1 : 1));
}

/** Names a package of one architecture among those of an image. */
export function packageKey({ name, architecture }: { name: string; architecture: string }): string {
  return `${name}:${architecture}`;
}
