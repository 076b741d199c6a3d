import type { BootVariant } from './disk.ts';
import type { ModelRole } from './models.ts';
import type { FeatureValues } from './types.ts';

/** How a feature reads what a cloud tells of the machine. */
export interface CloudMetadata {
  /** Names of the sources that it asks. */
  sources: string[];
  /** Who gets the keys where the metadata name nobody. */
  user: string;
}

/** What a feature does to an image, as plain values; files come from its drawers. */
export interface FeatureEffect {
  values?: FeatureValues;
  /** Packages that the options ask for, besides those of the feature's list; names per distribution. */
  packages?: { [distro: string]: string[] };
  /** Symbolic links by path. */
  links?: { [path: string]: string };
  /** What is wrong with the options together, each as a sentence about the feature. */
  problems?: string[];
  /** Units enabled by preset. */
  enable?: string[];
  /**
   * Ports that programs of the feature take, besides those in its hygiene's listeners: `tcp 9931
   * llama-server`, as what listens on loopback alone does.
   */
  ports?: string[];
  /** Units that must never start, even as a dependency. */
  mask?: string[];
  /** Words added to the kernel command line. */
  kernelCommandLine?: string[];
  /** Names of features that must be in the recipe as well. */
  requires?: string[];
  /** Further ways to start a disk, behind the one that starts unasked. */
  bootEntries?: BootVariant[];
  /** Programs are started from /var/ai-data, which a partition for data must allow. */
  dataPrograms?: boolean;
  /** The root of a disk is mounted read-only, and fstab does not name it. */
  readOnlyRoot?: boolean;
  /** Of the feature that reads a cloud's metadata. */
  metadata?: CloudMetadata;
  /** The recipe must preload at least one model, and the first must be able to do this. */
  needsModel?: ModelRole;
  /** Files of its own overlay that this image goes without. */
  leaveOut?: string[];
  /** Names of features that must not be in the recipe. */
  conflicts?: string[];
}
