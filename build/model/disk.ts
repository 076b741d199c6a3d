import type { Firmware } from './types.ts';

/** File systems that a partition of a disk may have. */
export const fileSystems = ['vfat', 'xfs', 'ext4', 'erofs'] as const;
export type FileSystem = (typeof fileSystems)[number];

/** What a partition is for: GRUB's core image, the EFI system partition, the preloaded models, the root. */
export const partitionRoles = ['bios', 'esp', 'models', 'root'] as const;
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
   * the disk (root).
   */
  sizeMiB?: number;
  /**
   * First MiB on the disk. Absent: right after the partition before it. Not for what is behind models without
   * a size.
   */
  startMiB?: number;
  /** Where it is mounted: `/efi`, `/usr/share/ai/models` or `/`, by role; absent for GRUB's partition. */
  mount?: string;
  /** Mount options; each is checked against the file system. */
  options?: string[];
}

/** The disk that an image is for; the same definitions grow it at boot. */
export interface Disk {
  /** Size of the disk as it is delivered; a larger one is filled at boot. */
  sizeMiB: number;
  /** In the order on the disk. The root is the last, so that it can grow. */
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

/**
 * The layout that suits most: GRUB for BIOS and systemd-boot for UEFI, the models beside the system, the root
 * last. Each mount option is one that its file system knows.
 */
export function standardDisk(options: { rootFileSystem?: 'xfs' | 'ext4'; sizeMiB?: number } = {}): Disk {
  const { rootFileSystem = 'xfs', sizeMiB = 6 * 1024 } = options;
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
      { name: 'root', role: 'root', fileSystem: rootFileSystem, mount: '/', options: ['noatime'] },
    ],
  };
}

/** Any firmware, no menu unless a key is held, three tries for a new kernel. */
export const standardBoot: Boot = { firmware: ['uefi', 'bios'], timeoutSeconds: 0, tries: 3 };
