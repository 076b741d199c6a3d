import { definitionPath } from '../../formats/disk/partition.ts';
import { textEntry } from '../../formats/text/tree-entry.ts';
import type { PartitionRole } from '../../model/disk.ts';
import type { Image } from '../../model/image.ts';
import type { Tree } from '../../model/types.ts';

/** What partitions are made of, as the builder sees it. */
const contents: { [role in PartitionRole]?: string } = {
  bios: 'CopyBlocks=/scratch/core.img',
  esp: 'CopyFiles=/scratch/esp:/',
  models: 'CopyBlocks=/scratch/models.erofs',
  // The stage passes the root to mkfs itself: repart would copy it first, in no defined order.
};

/**
 * The directory that systemd-repart is given: the same definitions that the machine has, each with a drop-in
 * that says where its content comes from, and what systemd-boot reads on the EFI system partition.
 */
export function renderRepartTree({ recipe, disk, firmware, overlay }: Image): Tree {
  const { partitions } = disk!;
  const bios = firmware.includes('bios');
  const definitions = partitions.map((partition, index) => {
    const path = definitionPath(index, partition);
    return overlay.late.find((entry) => entry.path === path)!;
  });
  const dropIns = definitions.flatMap((definition, index): Tree => {
    const { role } = partitions[index]!;
    // Without a BIOS to start from it, GRUB's partition stays empty.
    if (!contents[role] || (role === 'bios' && !bios)) return [];
    const content = `${contents[role]}\n`;
    return [textEntry(`repart.d/${baseName(definition.path)}.d/10-content.conf`, `[Partition]\n${content}`)];
  });
  return [
    ...definitions.map((entry) => ({ ...entry, path: `repart.d/${baseName(entry.path)}` })),
    ...dropIns,
    textEntry('esp/loader/loader.conf', `timeout ${recipe.boot.timeoutSeconds}\n`),
    textEntry('esp/loader/entries.srel', 'type1\n'),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
