import type { Disk } from './disk.ts';
import type { DistroName } from './distro.ts';
import type { FeatureEffect } from './effect.ts';
import type { FeatureHygiene } from './hygiene.ts';
import type { ImageKernel } from './kernel.ts';
import type { Lock } from './lock.ts';
import type { Target } from './target.ts';
import type { Firmware, Json, Recipe, Tree } from './types.ts';

/** A file that a feature lays over the root tree, as read from its drawer. */
export interface OverlayFile {
  /** Absolute path on the image without the leading slash. */
  path: string;
  mode: number;
  uid: number;
  gid: number;
  kind: 'file' | 'symlink';
  /** Text, or the symlink's destination. */
  content: string;
  /** True for `*.hbs`: values are placed into the text. */
  template: boolean;
}

/** One feature with its drawers read and its options decided. */
export interface ImageFeature {
  name: string;
  options: { [option: string]: Json };
  effect: FeatureEffect;
  hygiene: FeatureHygiene;
  early: string[];
  everyStart: boolean;
  packages: string[];
  overlay: OverlayFile[];
}

/** One recipe for one target with its inputs read and pinned. Nothing after this reads the repository. */
export interface Image {
  recipe: Recipe;
  target: Target;
  distro: DistroName;
  arch: 'x86_64';
  /** `YYYYMMDD` of the lock's release. */
  version: string;
  /** What the image's name tells besides the recipe; absent where the recipe alone says what is in it. */
  tag?: string;
  features: ImageFeature[];
  /** The recipe's disk as the target has it; absent where the medium is no disk. */
  disk?: Disk;
  /** What the medium installs, if it does. */
  installed?: Image;
  /** What both the target and the recipe's disk start by. */
  firmware: Firmware[];
  /** Parts of the archive that its packages come from. */
  components: string[];
  /** Built for it, instead of the distribution's. */
  kernel?: ImageKernel;
  /** Words for the kernel. */
  commandLine: string[];
  /** All that features lay over the root: what must be there before packages are installed, and the rest. */
  overlay: { early: Tree; late: Tree };
  /** Sorted names asked of the package manager. */
  packages: string[];
  /** With the packages of this target's set alone. */
  lock: Lock;
}
