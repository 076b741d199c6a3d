import { partitionUuid } from '../formats/disk/partition.ts';
import type { Disk, Partition } from '../model/disk.ts';
import type { ImageFeature } from '../model/image.ts';
import type { Target } from '../model/target.ts';
import type { Firmware, Recipe } from '../model/types.ts';

/** The recipe's disk as this target has it, where it has one: some platforms insist on a file system. */
export function diskOf(recipe: Recipe, { medium, rootFileSystem: fileSystem }: Target): Disk | undefined {
  if (medium !== 'disk') return undefined;
  const changed = (p: Partition) => (fileSystem && p.role === 'root' ? { ...p, fileSystem } : p);
  return { ...recipe.disk, partitions: recipe.disk.partitions.map(changed) };
}

/** Firmware that both the target and the recipe's disk are for. */
export function firmwareOf({ boot }: Recipe, { medium, firmware }: Target): Firmware[] {
  return medium === 'disk' ? firmware.filter((name) => boot.firmware.includes(name)) : firmware;
}

/** The kernel's command line: the root of a disk, what the target wants, what features want. */
export function commandLineOf(
  { name }: Recipe,
  { kernelCommandLine }: Target,
  features: ImageFeature[],
  disk: Disk | undefined,
): string[] {
  const root = disk?.partitions.find(({ role }) => role === 'root');
  return [
    ...(root
      ? [
          `root=PARTUUID=${partitionUuid(name, root)}`,
          `rootfstype=${root.fileSystem}`,
          hasReadOnlyRoot(features) ? 'ro' : 'rw',
        ]
      : []),
    ...kernelCommandLine,
    ...features.flatMap(({ effect }) => effect.kernelCommandLine ?? []),
  ];
}

/** Whether a feature has the root of a disk never written to. */
export function hasReadOnlyRoot(features: ImageFeature[]): boolean {
  return features.some(({ effect }) => effect.readOnlyRoot);
}
