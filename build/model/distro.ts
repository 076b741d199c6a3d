import type { IngotError } from './errors.ts';
import type { FeatureHygiene } from './hygiene.ts';
import type { KernelPackage } from './kernel.ts';
import type { LockedPackage } from './lock.ts';

/** What recipes may name as their base, and the distribution that each belongs to. */
export const distroOfBase = { forky: 'debian', trixie: 'debian', sid: 'debian' } as const;
export type DistroName = (typeof distroOfBase)[keyof typeof distroOfBase];

/** What packages call the machines that they are for; the last is any machine. */
export const packageArchitectures: { [distro in DistroName]: string[] } = { debian: ['amd64', 'all'] };

export const distroNames = [...new Set(Object.values(distroOfBase))];

/**
 * Everything that knows a distribution, as one value. Nothing in it touches a disk or runs a program: stages
 * do, with what `resolve` takes from here and writes into their options.
 */
export interface Distro {
  name: DistroName;
  /** As people write it. */
  title: string;
  /** Programs of the host that make the tools tree, and the package of each. */
  hostTools: { [program: string]: string };
  mirrors: Mirrors;
  /** Parts of its archive, by the names that recipes have for them; the first is always used. */
  components: [standard: string, ...others: string[]];
  /** The keyring that signs the archive: path, the same on the host and in the tools tree, and package. */
  keyring: { path: string; package: string };
  resolver: Resolver;
  programs: { [role in ProgramRole]: ProgramFiles };
  /**
   * Paths of overlay files that packages are installed by, so that they must be there before any package is.
   */
  earlyPaths: RegExp;
  kernel: KernelPaths;
  /** Packages that have the source of a kernel, as `7.2`, and the distribution's configurations. */
  kernelSource(version: string): string[];
  /** How a kernel that is built here takes the place of the distribution's. */
  ownKernel: {
    /** Names in package lists that it stands for. */
    replaces: string[];
    /** Names of packages that it needs. */
    needs: string[];
    /** The package that is made of the packages of its source. */
    package(source: LockedPackage[]): KernelPackage;
  };
  /** Folder of the root that `listInstalled` reads. */
  packageDatabase: string;
  /** A package's statement of its licences, where `*` stands for the package's name. */
  copyright: string;
  /** What hygiene expects of every root; the distribution's own checks are in distros/checks.ts. */
  hygiene: {
    /** Exceptions for what every root has. */
    allowed: FeatureHygiene;
    /** Modes and owners of files that decide who gets in, by path. */
    modes: { [path: string]: string };
    /** Paths of small files that only the own checks read, as an extended regular expression. */
    texts: string;
  };
  /** Names of accounts and groups that its packages have, so that nothing else may be called so. */
  accounts: string[];
  /** The package URL of a package. */
  purl(named: Pick<LockedPackage, 'name' | 'version' | 'architecture'>, base: string): string;
}

/** Where the archive is. */
export interface Mirrors {
  /** Environment variable that names them. */
  variable: string;
  /** Command of the host that prints where the archive is by default, also where it fails. */
  command: string[];
  /** The URL in what the command printed. */
  find(output: string): string | undefined;
}

/** How the distribution's package manager is asked which packages a list of names means. */
export interface Resolver {
  /** Files of a private root of the package manager, by path, so that nothing of the host plays a part. */
  files(place: ResolverPlace): { [path: string]: string };
  /** Reads the signed index of the archive. */
  update(root: string): string[];
  /** Prints what would be installed for these names. */
  choose(root: string, names: string[]): string[];
  /** The packages in what `choose` printed, in the words that `describe` takes. */
  chosen(output: string): string[];
  /** Prints the archive's record of each. */
  describe(root: string, chosen: string[]): string[];
  /** The packages in what `describe` printed. */
  packages(output: string): LockedPackage[];
  /**
   * The index whose signature was verified: folder in the private root, end of its name, its date, and the
   * parts of the archive that it has.
   */
  release: {
    folder: string;
    suffix: string;
    date(text: string): string;
    components(text: string): string[];
  };
  /** Prints the name of every package that there is, one a line. */
  names(root: string): string[];
  /** Packages of which a command's failure says that there are none. */
  unknown(error: unknown): string[];
  /** What a command's failure means. */
  explain(error: unknown, asked: Asked): IngotError;
}

/** What was asked, and of whom, as errors call them. */
export interface Asked {
  base: string;
  mirror: string;
  /** The proxy in between. */
  proxy?: string;
}

export interface ResolverPlace {
  /** The private root's folder as the package manager sees it. */
  root: string;
  /** URL of the mirror, or the folder that is one. */
  mirror: { url: string } | { folder: string };
  base: string;
  /** Parts of the archive. */
  components: string[];
  keyring: string;
  /** Certificate authorities to trust, as PEM. */
  certificates: string;
  /** URL of the proxy by which the mirror is reached. */
  proxy?: string;
}

/**
 * What stages run of a distribution. Every program is called by the words that its first line tells; see
 * Debian's.
 *
 * - `index` makes a folder of packages a repository
 * - `tools` makes the tools tree from a repository
 * - `packages` makes a root with all packages configured and its initramfs made
 * - `scrub` takes out of a root what must not be in an image
 * - `packageFacts` writes `altered`, the files of a root that differ from what their packages brought (how
 *   they differ, a blank, the path from its slash), and `owned`, the paths that packages own
 * - `listInstalled` lists the packages of a root
 * - `kernelSource` unpacks the packages of a kernel's source
 * - `kernelPackage` packs a compiled kernel
 */
export const programRoles = [
  'index',
  'tools',
  'packages',
  'scrub',
  'packageFacts',
  'listInstalled',
  'kernelSource',
  'kernelPackage',
] as const;
export type ProgramRole = (typeof programRoles)[number];

/** A program as files of one folder; the first is run, and finds the others beside it. */
export interface ProgramFiles {
  /** A `file:` URL that ends in a slash. */
  folder: string;
  files: [run: string, ...beside: string[]];
}

/** The same with its text, as it stands in the options of a stage. */
export interface Program {
  /** Name of the file that is run. */
  run: string;
  /** Text by name. */
  files: { [name: string]: string };
}

/** Paths in the root, where `*` stands for the kernel's release. */
export interface KernelPaths {
  image: string;
  initramfs: string;
  config: string;
  /** Name of its package. */
  package: string;
}
