import type { DistroName, ProgramFiles } from './distro.ts';
import type { Image } from './image.ts';
import type { Medium } from './target.ts';
import type { Tree } from './types.ts';

/** A tool that makes media or disks of a finished root, as one value; pure, as a `Distro` is. */
export interface Backend {
  name: string;
  /** What it makes, and so the stage that runs it. */
  medium: Medium;
  /** Distributions whose roots it takes. */
  distros: DistroName[];
  /** The complete configuration directory: the tool works in it without Ingot. */
  render(image: Image): Tree;
  /** Options of the stage. */
  options(image: Image): object;
  /** What the stage runs, where it is not the same for all tools of the medium. */
  program?: ProgramFiles;
  /** Paths on a finished medium; of a disk, the partition table tells. */
  inside?: { root: string; models: string };
}
