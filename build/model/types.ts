import type { Boot, Disk } from './disk.ts';
import type { CloudMetadata } from './effect.ts';
import type { Hardware } from './hardware.ts';
import type { RecipeKernel, RecordedKernel } from './kernel.ts';
import type { LockedModel } from './lock.ts';
import type { ModelUse } from './models.ts';
import type { Compression, Controller, Format, Platform } from './target.ts';

/** A value that survives JSON unchanged; recipes, locks and manifests are made of these only. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type Firmware = 'bios' | 'uefi';
export type Accelerator = 'kvm' | 'tcg';

/** One capability asked for by a recipe: the feature's name and the options given to it. */
export interface FeatureUse {
  name: string;
  options: { [key: string]: Json };
}

/** What a feature's `*.hbs` overlay files may place, and its tests read. */
export interface FeatureValues {
  [key: string]: string | number | boolean;
}

/**
 * The machine that an image is meant for: tests start one like it, an OVA asks for it, a cloud's is chosen by
 * it.
 */
export interface MachineSize {
  /** A multiple of 4. */
  memoryMiB: number;
  cpus: number;
}

/** What a booted image must reach before it counts as built. */
export interface Smoke {
  /** Lowest accepted guest/host throughput, per accelerator in use. */
  throughputRatio: { [accelerator in Accelerator]: number };
  /** Absolute floors in generated tokens/s, applied when the CPU's model name contains `cpu`. */
  floors?: { cpu: string; generationTokensPerSecond: number }[];
}

/** What an image is. Hand-written, evaluates to plain JSON. */
export interface Recipe {
  name: string;
  summary: string;
  /** Suite or release of a distribution that the image is made from: `forky`. */
  base: string;
  /**
   * Parts of the distribution's archive that packages may come from, besides the one that it always uses:
   * `['non-free-firmware']`.
   */
  components?: string[];
  features: FeatureUse[];
  /** All are served, the first by default. Without any, the models' file system is there and empty. */
  models: ModelUse[];
  machine: MachineSize;
  hardware?: Hardware;
  /** A kernel of its own instead of the distribution's. */
  kernel?: RecipeKernel;
  smoke: Smoke;
  /** How a target with a disk is laid out. */
  disk: Disk;
  /** How a target with a disk starts. */
  boot: Boot;
  /** Days after which `plan` and `build` call the lock's archive old. */
  lockMaxAgeDays: number;
}

/** One node of a rendered directory. */
export type TreeEntry = { path: string; mode: number; uid: number; gid: number } & (
  | { kind: 'file'; content: string }
  | { kind: 'directory' }
  | { kind: 'symlink'; to: string }
  /** A file that a stage makes; the tree only says where it goes. */
  | { kind: 'artifact'; stage: StageType; file: string }
);

/** A configuration directory as a value, sorted by path. */
export type Tree = TreeEntry[];

/** Every kind of stage, in the order in which an image takes them; the last three make its own kernel. */
export const stageTypes = [
  'fetch',
  'repo',
  'tools',
  'packages',
  'root',
  'hygiene',
  'inventory',
  'servable',
  'models',
  'installer',
  'iso',
  'disk',
  'convert',
  'attest',
  'kconfig',
  'kernel-config',
  'kernel',
] as const;
export type StageType = (typeof stageTypes)[number];

/** One step. `id` hashes type, code, options and inputs' ids, so it names the result. */
export interface Stage {
  id: string;
  type: StageType;
  /** Distinguishes two stages of one type in a manifest: `tools` or `image`. */
  label: string;
  options: { [key: string]: Json };
  /** Ids of the stages this one stands on, by role. */
  inputs: { [role: string]: string };
}

/** An image as a list of stages in order; the executor is given nothing else. */
export interface Manifest {
  id: string;
  stages: Stage[];
  output: { fileName: string; record: Omit<ArtifactRecord, 'sha256' | 'size'> };
}

/** A feature of a finished image, as its tests see it. */
export interface RecordedFeature {
  name: string;
  /** Every option that the feature has, as the recipe or its default decided it. */
  options: { [option: string]: Json };
  values: FeatureValues;
  /** What may listen on the machine's network because of it, as `tcp 22 sshd`. */
  listeners: string[];
  /** Its tests are repeated at every further start. */
  everyStart: boolean;
  metadata?: CloudMetadata;
}

/** What stands beside a finished file: enough to boot and judge it without the builder. */
export interface ArtifactRecord {
  schema: 3;
  file: string;
  sha256: string;
  size: number;
  manifest: string;
  recipe: string;
  base: string;
  target: string;
  version: string;
  arch: string;
  platform: Platform;
  format: Format;
  compression: Compression;
  firmware: Firmware[];
  controllers: Controller[];
  features: RecordedFeature[];
  /** Words for the kernel. Absent in records of older versions. */
  commandLine?: string[];
  /** Absent where the image has its distribution's kernel. */
  kernel?: RecordedKernel;
  models: LockedModel[];
  machine: MachineSize;
  smoke: Smoke;
  /** Pinned tools, so that a test can run the same binaries on the host. */
  toolsStage: string;
  modelsStage: string;
}
