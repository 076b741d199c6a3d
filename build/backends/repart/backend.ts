import { sha256, uuidFrom } from '../../formats/text/canonical-json.ts';
import type { Backend } from '../../model/backend.ts';
import { renderRepartTree } from './render.ts';

/** systemd's own tool for disks, which knows no distribution. */
export const repart: Backend = {
  name: 'repart',
  medium: 'disk',
  distros: ['debian'],
  render: renderRepartTree,
  options(image) {
    const { recipe, version, disk, firmware, features } = image;
    const variants = features.flatMap(({ effect }) => effect.bootEntries ?? []);
    return {
      tree: renderRepartTree(image),
      sizeMiB: disk!.sizeMiB,
      seed: uuidFrom(sha256(['disk', recipe.name, version])),
      entry: {
        title: `${recipe.name} ${version}`,
        token: recipe.name,
        commandLine: image.commandLine.join(' '),
      },
      ...(variants.length ? { variants } : {}),
      tries: recipe.boot.tries,
      uki: features.some(({ name }) => name === 'uki'),
      // GRUB finds its menu on the root; 0 where no BIOS starts the disk.
      grubRoot: firmware.includes('bios') ? disk!.partitions.findIndex(({ role }) => role === 'root') + 1 : 0,
    };
  },
};
