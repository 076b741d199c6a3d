import type { Disk, FileSystem, Partition, PartitionRole } from '../model/disk.ts';
import type { ImageFeature } from '../model/image.ts';
import type { Lock } from '../model/lock.ts';
import type { Target } from '../model/target.ts';
import type { Firmware, Recipe } from '../model/types.ts';
import { hasReadOnlyRoot } from './disk.ts';
import { layoutProblems } from './disk-layout.ts';
import type { Draft } from './draft.ts';
import { modelsMiB } from './memory.ts';
import { mountOptionProblems } from './mount-options.ts';
import { largestProblems, platformProblems } from './platforms.ts';

/** File systems that a role may have. */
const fileSystemsOf: { [role in PartitionRole]: (FileSystem | undefined)[] } = {
  bios: [undefined],
  esp: ['vfat'],
  models: ['erofs'],
  swap: ['swap'],
  root: ['xfs', 'ext4'],
  data: ['xfs', 'ext4'],
};

/**
 * Where a role is mounted; what is named here has the place written down and would look for it in vain
 * elsewhere.
 */
const mountsOf: { [role in PartitionRole]?: [mount: string, because: string] } = {
  esp: ['/efi', 'a good boot is noted there'],
  models: ['/usr/share/ai/models', 'llama-server looks for them there'],
  root: ['/', 'the system is there'],
  data: ['/var/ai-data', 'what programs of the machine keep is there'],
};

/** A kernel and its initramfs take about 55 MiB, and there are two while one is replaced. */
const smallestEspMiB = 128;

/** What is wrong with a recipe's disk for a target, as far as it is known without a lock. */
export function diskProblems({ recipe, target, features, disk, firmware, commandLine }: Draft): string[] {
  if (!disk) return [];
  return [
    ...rolesProblems(disk),
    ...disk.partitions.flatMap(partitionProblems),
    ...(hasReadOnlyRoot(features) && !disk.partitions.some(({ role }) => role === 'data')
      ? [
          'a root that is never written to needs a partition of role data, which keeps who the machine is: standardDisk({ rootMiB }) has one',
        ]
      : []),
    ...features
      .filter(({ effect }) => effect.dataPrograms)
      .flatMap(({ name }) => programProblems(name, disk)),
    ...firmwareProblems(recipe, target, features, firmware),
    ...platformProblems({ target, features, disk, commandLine }),
    ...largestProblems(target, disk.sizeMiB),
    ...layoutProblems(disk, { models: 0, root: 0 }),
  ];
}

/**
 * What is wrong with its sizes, given what is locked: lower bounds, so that nothing is refused that would
 * fit.
 */
export function sizeProblems(disk: Disk | undefined, lock: Lock): string[] {
  if (!disk) return [];
  const models = modelsMiB(lock);
  const root = Math.ceil(lock.packages.reduce((sum, { installedKiB }) => sum + installedKiB, 0) / 1024);
  return layoutProblems(disk, { models, root });
}

function rolesProblems({ partitions }: Disk): string[] {
  const roles = partitions.map(({ role }) => role);
  const twice = (what: string, values: (string | undefined)[]) =>
    [...new Set(values.filter((value, index) => value !== undefined && values.indexOf(value) !== index))].map(
      (value) => `two partitions have the ${what} ${value}`,
    );
  return [
    ...twice('role', roles),
    ...twice(
      'name',
      partitions.map(({ name }) => name),
    ),
    ...(roles.includes('models')
      ? []
      : ['no partition has the role models: preloaded models are there, and no disk is made without it']),
    ...growthProblems(partitions),
    // GRUB's first sector names its place, and the first partition's is the one that never moves.
    ...(roles.indexOf('bios') > 0 ? ["GRUB's partition, of role bios, is not the first"] : []),
  ];
}

/** Only the last partition can grow. */
function growthProblems(partitions: Partition[]): string[] {
  const last = partitions.at(-1);
  const data = partitions.find(({ role }) => role === 'data');
  const grows = data ?? partitions.find(({ role }) => role === 'root');
  return [
    ...(last === grows || !grows
      ? []
      : [`the last partition is not ${data ? 'that of the data' : 'the root'}, which then cannot grow`]),
    ...(data
      ? partitions
          .filter(({ role, sizeMiB }) => role === 'root' && !sizeMiB)
          .map(
            ({ name }) => `partition ${name} needs a sizeMiB: the data behind it take the rest of the disk`,
          )
      : []),
  ];
}

function partitionProblems(partition: Partition): string[] {
  const { name, role, fileSystem, mount, options = [], sizeMiB } = partition;
  const possible = fileSystemsOf[role];
  if (!possible.includes(fileSystem)) {
    const wanted = possible.map((found) => found ?? 'no file system').join(' or ');
    return [`partition ${name} of role ${role} has ${fileSystem ?? 'no file system'}, but must be ${wanted}`];
  }
  const [wantedMount, because] = mountsOf[role] ?? [];
  const small = role === 'esp' && (sizeMiB ?? 0) < smallestEspMiB;
  return [
    ...(small ? [`partition ${name} has ${sizeMiB ?? 0} MiB, two kernels need ${smallestEspMiB} MiB`] : []),
    ...(role === 'bios' && (sizeMiB !== 1 || mount)
      ? [`partition ${name} of role bios is 1 MiB and not mounted`]
      : []),
    ...(wantedMount && mount !== wantedMount
      ? [
          `partition ${name} of role ${role} is mounted at ${mount ?? 'no place'}, but must be ${wantedMount}: ${because}`,
        ]
      : []),
    ...(role === 'swap' && (!sizeMiB || mount)
      ? [`partition ${name} of role swap needs a sizeMiB, and is not mounted`]
      : []),
    ...(role === 'models' && name !== 'models'
      ? [`partition ${name} with role models must be named models: check and diff find it by that name`]
      : []),
    ...(fileSystem && mount ? mountOptionProblems(mount, fileSystem, options) : []),
  ];
}

function programProblems(feature: string, { partitions }: Disk): string[] {
  return partitions
    .filter(({ role, options }) => role === 'data' && options?.includes('noexec'))
    .map(
      ({ name }) =>
        `feature ${feature} starts programs from /var/ai-data, and partition ${name} has the option noexec: standardDisk({ dataPrograms: true }) leaves it out`,
    );
}

function firmwareProblems(
  recipe: Recipe,
  target: Target,
  features: ImageFeature[],
  firmware: Firmware[],
): string[] {
  const roles = recipe.disk.partitions.map(({ role }) => role);
  const needs = { bios: 'bios', uefi: 'esp' } as const;
  const uki = features.some(({ name }) => name === 'uki');
  return [
    ...(firmware.length
      ? []
      : [
          `target ${target.name} boots by ${target.firmware.join(' and ')}, but the recipe's disk by ${recipe.boot.firmware.join(' and ') || 'nothing'}`,
        ]),
    // systemd-boot's entries and kernels are there, whatever reads them.
    ...(roles.includes('esp') ? [] : ['no partition has the role esp, where the kernels are']),
    ...firmware
      .filter((name) => !roles.includes(needs[name]))
      .map((name) => `firmware ${name} needs a partition of role ${needs[name]}, but there is none`),
    ...(uki && firmware.includes('bios')
      ? [
          'firmware bios cannot boot unified kernel images: remove bios from boot.firmware, or the feature uki',
        ]
      : []),
  ];
}
