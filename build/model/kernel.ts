import type { Lock, LockedPackage } from './lock.ts';

/**
 * Configurations that a kernel can be derived from: two of the distribution's own, and the default of the
 * kernel's makers.
 */
export const kernelBases = ['amd64', 'cloud-amd64', 'defconfig'] as const;
export type KernelBase = (typeof kernelBases)[number];

/** The kernel that a recipe asks for instead of its distribution's. */
export interface RecipeKernel {
  /** A version that kernel/sources.lock.json has, as `7.2`. */
  version: string;
  base: KernelBase;
  /**
   * A file of kernel/profiles by its name: modules of the base that this machine does not use are left out.
   * Not for `defconfig`, which has hardly any modules.
   */
  profile?: string;
  /** Fragments of kernel/ by their names; the order plays no part. */
  fragments: string[];
  /** The recipe's own lines, written as in a fragment, each after its reason. */
  lines?: string[];
}

/** A kernel to be built for an image, with all that it is made of. */
export interface ImageKernel {
  source: KernelSource;
  base: KernelBase;
  /** Modules of the base that stay, where a machine's profile says which. */
  modules?: string[];
  /** As .config has them, in place of the base's own. */
  lines: string[];
}

/** The package that a build makes of a kernel, as far as it is known before. */
export interface KernelPackage {
  name: string;
  version: string;
  architecture: string;
  purl: string;
  /** As `uname -r` says it. */
  release: string;
  /** The source package as `name (version)`. */
  source: string;
}

/** What an image's kernel was asked to be, for its tests. */
export interface RecordedKernel {
  release: string;
  /** Lines of its configuration. */
  lines: string[];
}

/** A kernel's source with the programs that read it, all pinned. */
export interface KernelSource {
  /** As `7.2`. */
  version: string;
  /** The base whose archive has it. */
  base: string;
  release: Omit<Lock['release'], 'keyring'>;
  /** Seconds since 1970. */
  sourceDateEpoch: number;
  /** Names of its tools, as they were asked of the resolver. */
  asked: string[];
  /** The source, and the distribution's configurations for it. */
  packages: LockedPackage[];
  /** A tree of its own, apart from the tools that make images. */
  tools: LockedPackage[];
}

/** What kernel/sources.lock.json holds. */
export interface KernelLock {
  schema: 1;
  sources: KernelSource[];
}
