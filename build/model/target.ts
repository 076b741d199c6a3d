import type { FeatureUse, Firmware } from './types.ts';

/** Where an image boots. */
export const platforms = [
  'metal',
  'vm',
  'aws',
  'azure',
  'gce',
  'openstack',
  'nocloud',
  'digitalocean',
  'hetzner',
] as const;
export type Platform = (typeof platforms)[number];
export type Cloud = Exclude<Platform, 'metal' | 'vm'>;

export function isCloud(platform: Platform): platform is Cloud {
  return platform !== 'metal' && platform !== 'vm';
}

/** Form of a finished file; `gce-tar` is `disk.raw` in a compressed tar, `vhd` the dynamic subformat. */
export const formats = [
  'iso',
  'raw',
  'qcow2',
  'vmdk',
  'vdi',
  'vhd',
  'vhd-fixed',
  'vhdx',
  'ova',
  'gce-tar',
] as const;
export type Format = (typeof formats)[number];
export const compressions = ['none', 'zstd', 'deflate', 'gzip', 'xz'] as const;
export type Compression = (typeof compressions)[number];

/** What is made: a medium that is only read, or a disk with partitions. */
export const media = ['iso', 'disk'] as const;
export type Medium = (typeof media)[number];

/** What a platform attaches a medium or disk to. */
export const controllers = ['usb', 'cdrom', 'virtio', 'virtio-scsi', 'nvme', 'ahci', 'pvscsi'] as const;
export type Controller = (typeof controllers)[number];

/** Where an image boots and in what form. */
export interface Target {
  name: string;
  summary: string;
  platform: Platform;
  format: Format;
  compression: Compression;
  /** File name extension without the dot. */
  extension: string;
  firmware: Firmware[];
  /** In the order in which the smoke test takes them; each is booted from. */
  controllers: Controller[];
  medium: Medium;
  /** Words that the platform wants on the kernel command line. */
  kernelCommandLine: string[];
  /** Features this target adds to every recipe that does not use them itself. */
  features: FeatureUse[];
  /** File system that the platform insists on for the root; absent: the recipe's. */
  rootFileSystem?: 'xfs' | 'ext4';
  /** Name of the target whose disk the feature `installer` puts on a machine. */
  installs?: string;
  /** Features of a recipe that make no sense here. */
  omits: string[];
}
