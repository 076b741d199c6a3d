import type { Format, Platform, Target } from '../model/target.ts';
import type { ImageFeature, Recipe } from '../model/types.ts';
import { driverProblems } from './drivers.ts';

/** What a platform insists on, besides what every disk has. */
interface PlatformRules {
  /** Features that must be there. */
  features: string[];
  /** cloud-init's names of the metadata source. */
  datasources?: string;
  /** Kernel modules that the initramfs must have. */
  drivers: string[];
  /** Words on the kernel command line; more may follow one behind a comma. */
  commandLine: string[];
  /** What the disk's size must be a multiple of. */
  wholeMiB?: number;
  /** Size of the largest disk that it takes. */
  maxMiB?: number;
}

const serial = 'console=ttyS0';

/** From each platform's own page on images of one's own. */
const platformRules: { [platform in Platform]?: PlatformRules } = {
  aws: {
    features: ['cloud-init', 'ssh'],
    datasources: 'Ec2',
    drivers: ['ena', 'nvme'],
    commandLine: [serial],
  },
  azure: {
    features: ['cloud-init', 'ssh', 'hyperv-daemons'],
    datasources: 'Azure',
    drivers: ['hv_vmbus', 'hv_storvsc', 'hv_netvsc'],
    commandLine: [serial, 'rootdelay=300'],
  },
  gce: {
    features: ['cloud-init', 'ssh'],
    datasources: 'GCE',
    drivers: ['virtio_scsi', 'nvme', 'virtio_net'],
    commandLine: ['console=ttyS0,38400n8d'],
    wholeMiB: 1024,
  },
  openstack: {
    features: ['cloud-init', 'ssh', 'qemu-guest-agent'],
    datasources: 'ConfigDrive, OpenStack',
    drivers: ['virtio_blk', 'virtio_net'],
    commandLine: [serial],
  },
  nocloud: {
    features: ['cloud-init', 'ssh'],
    datasources: 'NoCloud',
    drivers: ['virtio_blk', 'virtio_net'],
    commandLine: [serial],
  },
  digitalocean: {
    features: ['cloud-init', 'ssh'],
    datasources: 'ConfigDrive, DigitalOcean',
    drivers: ['virtio_blk', 'virtio_scsi', 'virtio_net'],
    commandLine: [],
    // Less than 100 GB unpacked, says its page on limits.
    maxMiB: Math.floor(100e9 / 2 ** 20),
  },
  hetzner: {
    features: ['cloud-init', 'ssh'],
    datasources: 'Hetzner',
    drivers: ['virtio_scsi', 'virtio_net'],
    commandLine: [],
  },
};

/** Size of the largest disk that a format holds; a VHD ends here for Microsoft and for qemu-img. */
const largestMiB: { [format in Format]?: number } = { vhd: 2040 * 1024, 'vhd-fixed': 2040 * 1024 };

/** That a disk is larger than its format or its platform can have it. */
export function largestProblems({ format, platform }: Target, sizeMiB: number): string[] {
  const limits = [
    { name: `format ${format}`, maxMiB: largestMiB[format] },
    { name: `platform ${platform}`, maxMiB: platformRules[platform]?.maxMiB },
  ];
  return limits
    .filter(({ maxMiB }) => maxMiB !== undefined && sizeMiB > maxMiB)
    .map(({ name, maxMiB }) => `${name} takes disks of at most ${maxMiB} MiB, and this one has ${sizeMiB}`);
}

/** What a target lacks of what its platform, its controllers and its format insist on. */
export function platformProblems(target: Target, recipe: Recipe, features: ImageFeature[]): string[] {
  const rules = platformRules[target.platform] ?? { features: [], drivers: [], commandLine: [] };
  const says = (problem: string) => `platform ${target.platform} ${problem}`;
  const valueIn = (feature: string, value: string) =>
    features.find(({ name }) => name === feature)?.effect.values?.[value];
  const drivers = valueIn('disk', 'drivers');
  const datasources = String(valueIn('cloud-init', 'datasources') ?? '');
  const words = [
    ...target.kernelCommandLine,
    ...features.flatMap(({ effect }) => effect.kernelCommandLine ?? []),
  ];
  const whole = rules.wholeMiB ?? 1;
  return [
    ...rules.features
      .filter((name) => !features.some((feature) => feature.name === name))
      .map((name) => says(`needs feature ${name}, which is not there`)),
    // Of a feature that is refused itself, nothing is known.
    ...(drivers === undefined ? [] : driverProblems(target, String(drivers).split(' '), rules.drivers)),
    ...(rules.datasources && datasources && datasources !== rules.datasources
      ? [says(`has its metadata from ${rules.datasources}, and feature cloud-init asks ${datasources}`)]
      : []),
    ...rules.commandLine
      .filter((needed) => !words.some((word) => word === needed || word.startsWith(`${needed},`)))
      .map((needed) => says(`needs ${needed} on the kernel command line: add it to the target's`)),
    ...(recipe.disk.sizeMiB % whole
      ? [says(`takes disks of a multiple of ${whole} MiB, and this one has ${recipe.disk.sizeMiB}`)]
      : []),
  ];
}
