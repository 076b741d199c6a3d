import { renderDiskGrub } from '../formats/boot/grub-cfg.ts';
import { type FstabEntry, renderFstab } from '../formats/disk/fstab.ts';
import { definitionPath, partitionUuid } from '../formats/disk/partition.ts';
import { renderRepart } from '../formats/disk/repart.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import type { Disk, Partition } from '../model/disk.ts';
import type { Tree } from '../model/types.ts';
import { hasReadOnlyRoot } from './disk.ts';
import { layoutOf } from './disk-layout.ts';
import type { DraftWithVersion } from './draft.ts';

/**
 * Files of the root that follow from the recipe's disk: where everything is, what is mounted, how kernels
 * start.
 */
export function renderDiskFiles(image: DraftWithVersion): Tree {
  const { recipe, disk, firmware, commandLine } = image;
  if (!disk) return [];
  return [
    textEntry('etc/fstab', renderFstab(mounts(image, disk))),
    textEntry('etc/kernel/cmdline', `${commandLine.join(' ')}\n`),
    // Names of entries and kernels must not depend on the machine's id, which it gets at its first boot.
    textEntry('etc/kernel/entry-token', `${recipe.name}\n`),
    textEntry('etc/kernel/tries', `${recipe.boot.tries}\n`),
    ...(firmware.includes('bios') ? [textEntry('boot/grub/grub.cfg', grubMenu(image))] : []),
    ...definitions(recipe.name, disk),
  ];
}

function grubMenu({ recipe, version, commandLine, features }: DraftWithVersion): string {
  const title = `${recipe.name} ${version}`;
  return renderDiskGrub({
    title,
    commandLine: commandLine.join(' '),
    timeoutSeconds: recipe.boot.timeoutSeconds,
    variants: features.flatMap(({ effect }) => effect.bootEntries ?? []),
  });
}

/** repart.d definitions of the disk, in its order. */
export function definitions(recipe: string, disk: Disk): Tree {
  const placed = layoutOf(disk, { models: 0 });
  return placed.map(({ partition, endMiB }, index) => {
    const next = disk.partitions[index + 1];
    const paddingMiB = next?.startMiB === undefined ? 0 : next.startMiB - endMiB;
    const definition = renderRepart({
      partition,
      uuid: partitionUuid(recipe, partition),
      grows: !next,
      paddingMiB,
    });
    return textEntry(definitionPath(index, partition), definition);
  });
}

function mounts(
  { recipe: { name: recipe }, features }: DraftWithVersion,
  { partitions }: Disk,
): FstabEntry[] {
  const grows = partitions.at(-1)!;
  return (
    partitions
      .filter(({ mount }) => mount)
      // Mounted by the initramfs; a line here would have it mounted again, to be written to.
      .filter(({ role }) => role !== 'root' || !hasReadOnlyRoot(features))
      .sort((a, b) => (a.mount! < b.mount! ? -1 : 1))
      .map((partition): FstabEntry => {
        const { role, mount, fileSystem, options = [] } = partition;
        // Mounted while it is used and no longer: FAT has no journal, and power may fail at any moment.
        const automount = role === 'esp' ? ['x-systemd.automount', 'x-systemd.idle-timeout=1min'] : [];
        const grow = partition === grows ? ['x-systemd.growfs'] : [];
        const pass = { root: 1, esp: 2, data: 2, models: 0, swap: 0, bios: 0 }[role];
        return {
          partUuid: partitionUuid(recipe, partition),
          mount: mount!,
          fileSystem: fileSystem!,
          options: [...options, ...automount, ...grow],
          // XFS and erofs have nothing to check at boot.
          pass: fileSystem === 'xfs' ? 0 : pass,
        };
      })
      .concat(swaps(recipe, partitions))
  );
}

/** Cold pages go there when compressed memory, whose priority is 100, is full. */
function swaps(recipe: string, partitions: Partition[]): FstabEntry[] {
  return partitions
    .filter(({ role }) => role === 'swap')
    .map((partition) => ({
      partUuid: partitionUuid(recipe, partition),
      mount: 'none',
      fileSystem: 'swap',
      options: ['pri=10'],
      pass: 0,
    }));
}
