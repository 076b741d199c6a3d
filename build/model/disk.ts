import type { Firmware } from './types.ts';

/** File systems that a partition of a disk may have. */
export const fileSystems = ['vfat', 'xfs', 'ext4', 'erofs', 'swap'] as const;
export type FileSystem = (typeof fileSystems)[number];

/**
 * What a partition is for: GRUB's core image, the EFI system partition, the preloaded models, swap, the root,
 * and what the machine's owner keeps.
 */
export const partitionRoles = ['bios', 'esp', 'models', 'swap', 'root', 'data'] as const;
export type PartitionRole = (typeof partitionRoles)[number];

/** One partition; its UUID is derived from the recipe's name and its own. */
export interface Partition {
  /** GPT label; `models` for the models. */
  name: string;
  role: PartitionRole;
  /** Absent for GRUB's partition, which has none. */
  fileSystem?: FileSystem;
  /**
   * Size in MiB, held to also where content takes less. Absent: that of its content (models), or the rest of
   * the disk (the last).
   */
  sizeMiB?: number;
  /**
   * First MiB on the disk. Absent: right after the partition before it. Not for what is behind models without
   * a size.
   */
  startMiB?: number;
  /** Where it is mounted, by role: `/efi`, `/usr/share/ai/models`, `/` or `/var/ai-data`; or nowhere. */
  mount?: string;
  /** Mount options; each is checked against the file system. */
  options?: string[];
}

/** The disk that an image is for; the same definitions grow it at boot. */
export interface Disk {
  /** Size of the disk as it is delivered; a larger one is filled at boot. */
  sizeMiB: number;
  /** In the order on the disk. The last grows: the data, or the root where there are none. */
  partitions: Partition[];
}

/** How a disk starts; the feature `uki` makes it start from unified kernel images. */
export interface Boot {
  /** Firmware that the disk is for, as far as the target is for it as well. */
  firmware: Firmware[];
  /** Seconds for which the menu is shown; with 0 a key held down still brings it. */
  timeoutSeconds: number;
  /** Starts that a new kernel is given to reach a good boot. */
  tries: number;
}

/** Another way to start a disk. */
export interface BootVariant {
  /** Last part of its entry's name. */
  name: string;
  /** What the menu says behind the name of the image. */
  title: string;
  /** Words for the kernel, besides those of the first entry. */
  words: string[];
}

/** What may differ from the layout that suits most. */
export interface StandardDiskOptions {
  rootFileSystem?: 'xfs' | 'ext4';
  /** Of the whole disk. */
  sizeMiB?: number;
  /** The root has this size, and the data behind it grow in its place. */
  rootMiB?: number;
  dataFileSystem?: 'xfs' | 'ext4';
  /** Programs may be started from the data: modules and environments are there. */
  dataPrograms?: boolean;
  /** A partition for swap. */
  swapMiB?: number;
}

/**
 * The layout that suits most: GRUB for BIOS and systemd-boot for UEFI, the models beside the system, the root
 * last, or the data where they have a partition of their own. Each mount option is one that its file system
 * knows.
 */
export function standardDisk(options: StandardDiskOptions = {}): Disk {
  const { rootFileSystem = 'xfs', sizeMiB = 6 * 1024, rootMiB, swapMiB } = options;
  const { dataFileSystem = 'xfs', dataPrograms = false } = options;
  const root: Partition = {
    name: 'root',
    role: 'root',
    fileSystem: rootFileSystem,
    mount: '/',
    options: ['noatime'],
  };
  const data: Partition = {
    name: 'data',
    role: 'data',
    fileSystem: dataFileSystem,
    mount: '/var/ai-data',
    options: [
      ...['noatime', 'nodev', 'nosuid'],
      ...(dataPrograms ? [] : ['noexec']),
      ...(dataFileSystem === 'ext4' ? ['commit=60'] : []),
    ],
  };
  return {
    sizeMiB,
    partitions: [
      { name: 'bios', role: 'bios', sizeMiB: 1 },
      // Room for the kernels of several upgrades. Only root has business there.
      {
        name: 'esp',
        role: 'esp',
        fileSystem: 'vfat',
        sizeMiB: 1024,
        mount: '/efi',
        options: ['umask=0077', 'noatime', 'nodev', 'nosuid', 'noexec'],
      },
      {
        name: 'models',
        role: 'models',
        fileSystem: 'erofs',
        mount: '/usr/share/ai/models',
        options: ['ro', 'nodev', 'nosuid', 'noexec'],
      },
      ...(swapMiB ? [{ name: 'swap', role: 'swap', fileSystem: 'swap', sizeMiB: swapMiB } as const] : []),
      ...(rootMiB ? [{ ...root, sizeMiB: rootMiB }, data] : [root]),
    ],
  };
}

/** Any firmware, no menu unless a key is held, three tries for a new kernel. */
export const standardBoot: Boot = { firmware: ['uefi', 'bios'], timeoutSeconds: 0, tries: 3 };
