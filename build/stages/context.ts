import type { NamedMirror } from '../formats/text/mirror.ts';
import type { Progress } from '../host/progress.ts';
import type { Store } from '../host/store/store.ts';
import type { DistroName } from '../model/distro.ts';
import type { Json } from '../model/types.ts';

/** Where bytes that the lock names may be taken from. */
export interface Sources {
  /** In the order in which they are tried. */
  mirrors: NamedMirror[];
  /** Only the store and mirrors that are folders. */
  offline: boolean;
}

/** Asked for only when something has to be fetched; for packages with the name of their distribution. */
export type FindSources = (distro?: DistroName) => Promise<Sources>;

/** Everything a stage may touch. It reads `inputs`, writes `output`, and nothing else. */
export interface StageContext {
  options: { [key: string]: Json };
  /** Folders of the stages this one stands on, by role. */
  inputs: { [role: string]: string };
  /** An empty folder; it becomes the stage's result when the stage returns. */
  output: string;
  /** An empty folder that is thrown away. */
  scratch: string;
  /** File that all output of tools is written to. */
  log: string;
  store: Store;
  progress: Progress;
  /** What the stage is called in progress lines. */
  name: string;
  sourceDateEpoch: number;
  sources: FindSources;
  /** How many compilers may run at once; no byte of a result depends on it. */
  jobs: number;
}

/** Carries out one stage, or throws and leaves nothing. */
export type StageFunction = (context: StageContext) => Promise<void>;
