import type { ModelUse } from './models.ts';

/** One package pinned by content; `path` is relative to the archive's root. */
export interface LockedPackage {
  name: string;
  version: string;
  architecture: string;
  path: string;
  size: number;
  /** What its files take when they are unpacked, as the archive says. */
  installedKiB: number;
  sha256: string;
}

export interface LockedModel extends ModelUse {
  /**
   * Commit of the model's repository that a URL meant when it was locked, where the server or the URL tells.
   */
  revision?: string;
  size: number;
  sha256: string;
}

/** Targets of a recipe that ask for the same packages, and what they were answered. */
export interface PackageSet {
  targets: string[];
  /** Sorted names asked of the package manager. */
  asked: string[];
  /** Names of all packages that these mean. */
  packages: string[];
}

/** Every fact from outside that can change the bytes of an image. */
export interface Lock {
  schema: 3;
  /** Version of Ingot that wrote this; for people, no build depends on it. */
  ingot: string;
  recipe: string;
  base: string;
  /** Parts of the archive that were asked; absent where that was the distribution's default alone. */
  components?: string[];
  /**
   * The signed Release file that was verified when this was written, and the hash of the keyring that it was
   * verified with.
   */
  release: { date: string; sha256: string; keyring: string };
  /** Seconds since 1970; every timestamp in the image is clamped to it. */
  sourceDateEpoch: number;
  /** Names of the tools tree's packages, as they were asked of the resolver. */
  asked: { tools: string[] };
  /**
   * What was asked of the resolver per set of packages; a build refuses a lock that answers another question.
   */
  sets: PackageSet[];
  models: LockedModel[];
  /** All packages of all sets. */
  packages: LockedPackage[];
  tools: LockedPackage[];
}
