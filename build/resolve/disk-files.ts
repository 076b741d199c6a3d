import { renderDiskGrub } from '../formats/boot/grub-cfg.ts';
import { type FstabEntry, renderFstab } from '../formats/disk/fstab.ts';
import { renderRepart } from '../formats/disk/repart.ts';
import { sha256, uuidFrom } from '../formats/text/canonical-json.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import type { Partition } from '../model/disk.ts';
import type { Image, Tree } from '../model/types.ts';
import { diskOf, firmwareOf } from './disk-checks.ts';
import { layoutOf } from './disk-layout.ts';

/** Folder of the disk's definitions on the machine: they grow it, and install it to another disk. */
const definitionsFolder = 'usr/lib/repart.d';

/** Files of the root that follow from the recipe's disk: where everything is, what is mounted, how kernels start. */
export function renderDiskFiles(image: Image): Tree {
  if (image.target.backend !== 'repart') return [];
  const { recipe } = image;
  return [
    textEntry('etc/fstab', renderFstab(mounts(image))),
    textEntry('etc/kernel/cmdline', `${commandLine(image)}\n`),
    // Names of entries and kernels must not depend on the machine's id, which it gets at its first boot.
    textEntry('etc/kernel/entry-token', `${recipe.name}\n`),
    textEntry('etc/kernel/tries', `${recipe.boot.tries}\n`),
    ...(firmwareOf(recipe, image.target).includes('bios')
      ? [textEntry('boot/grub/grub.cfg', grubMenu(image))]
      : []),
    ...definitions(image),
  ];
}

function grubMenu(image: Image): string {
  const { recipe, version } = image;
  const title = `${recipe.name} ${version}`;
  return renderDiskGrub({
    title,
    commandLine: commandLine(image),
    timeoutSeconds: recipe.boot.timeoutSeconds,
  });
}

/** repart.d definitions of the disk, in its order. */
export function definitions(image: Image): Tree {
  const disk = diskOf(image.recipe, image.target);
  const placed = layoutOf(disk, { models: 0 });
  return placed.map(({ partition, endMiB }, index) => {
    const next = disk.partitions[index + 1];
    const paddingMiB = next?.startMiB === undefined ? 0 : next.startMiB - endMiB;
    const definition = renderRepart({ partition, uuid: partitionUuid(image, partition), paddingMiB });
    return textEntry(`${definitionsFolder}/${(index + 1) * 10}-${partition.name}.conf`, definition);
  });
}

/** The kernel's command line: the root, what the platform wants, what features want. */
export function commandLine(image: Image): string {
  const { partitions } = diskOf(image.recipe, image.target);
  const root = partitions.find(({ role }) => role === 'root')!;
  const features = image.features.flatMap(({ effect }) => effect.kernelCommandLine ?? []);
  return [
    `root=PARTUUID=${partitionUuid(image, root)}`,
    `rootfstype=${root.fileSystem}`,
    'rw',
    ...image.target.kernelCommandLine,
    ...features,
  ].join(' ');
}

/** The same in every build of a recipe, so that fstab and the boot loader can name it. */
function partitionUuid({ recipe }: Image, { name }: Partition): string {
  return uuidFrom(sha256(['partition', recipe.name, name]));
}

function mounts(image: Image): FstabEntry[] {
  const { partitions } = diskOf(image.recipe, image.target);
  return partitions
    .filter(({ mount }) => mount)
    .sort((a, b) => (a.mount! < b.mount! ? -1 : 1))
    .map((partition) => {
      const { role, mount, fileSystem, options = [] } = partition;
      // Mounted while it is used and no longer: FAT has no journal, and power may fail at any moment.
      const automount = role === 'esp' ? ['x-systemd.automount', 'x-systemd.idle-timeout=1min'] : [];
      const grow = role === 'root' ? ['x-systemd.growfs'] : [];
      const pass = { root: 1, esp: 2, models: 0, bios: 0 }[role];
      return {
        partUuid: partitionUuid(image, partition),
        mount: mount!,
        fileSystem: fileSystem!,
        options: [...options, ...automount, ...grow],
        // XFS and erofs have nothing to check at boot.
        pass: fileSystem === 'xfs' ? 0 : pass,
      };
    });
}
