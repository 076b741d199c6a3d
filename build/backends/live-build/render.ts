import { grubTheme, renderGrubMenu, renderGrubSettings, splash } from '../../formats/boot/grub-cfg.ts';
import { renderPreferences } from '../../formats/debian/apt-preferences.ts';
import { shellWord } from '../../formats/text/shell.ts';
import { textEntry } from '../../formats/text/tree-entry.ts';
import type { Image } from '../../model/image.ts';
import type { Tree, TreeEntry } from '../../model/types.ts';
import { liveBuildOptions } from './options.ts';

/** Where a live system finds its preloaded models; live-boot mounts the medium at /run/live/medium. */
export const modelsOnMedium = 'models/models.erofs';

/** What the feature `installer` puts on a disk; live-boot mounts every squashfs of the folder live/. */
const installerOnMedium: TreeEntry = {
  ...textEntry('config/includes.binary/install/installer.squashfs', ''),
  kind: 'artifact',
  stage: 'installer',
  file: 'installer.squashfs',
};

/** The complete configuration directory of live-build: plain `lb build` works in it, without Ingot. */
export function renderLiveBuild(image: Image): Tree {
  const { recipe, lock, version, overlay } = image;
  const grub = 'config/bootloaders/grub-pc';
  return [
    script('auto/config', renderAutoConfig(image)),
    script('auto/build', renderAutoBuild(lock.sourceDateEpoch)),
    textEntry('config/archives/lock.pref.chroot', renderPreferences(lock.packages)),
    ...image.features
      .filter((feature) => feature.packages.length)
      .map((f) => textEntry(`config/package-lists/${f.name}.list.chroot`, `${f.packages.join('\n')}\n`)),
    ...overlay.early.map((entry) => below('config/includes.chroot_before_packages', entry)),
    ...overlay.late.map((entry) => below('config/includes.chroot', entry)),
    {
      ...textEntry(`config/includes.binary/${modelsOnMedium}`, ''),
      kind: 'artifact' as const,
      stage: 'models' as const,
      file: 'models.erofs',
    },
    ...(image.installed ? [installerOnMedium] : []),
    textEntry(`${grub}/config.cfg`, renderGrubSettings(3)),
    textEntry(
      `${grub}/grub.cfg`,
      renderGrubMenu(`${recipe.name} ${version}`, { installs: Boolean(image.installed) }),
    ),
    textEntry(`${grub}/theme.cfg`, grubTheme),
    textEntry('config/bootloaders/splash.svg', splash),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function renderAutoConfig(image: Image): string {
  const options = liveBuildOptions(image).config.map(([name, value]) => `  --${name} ${shellWord(value)} \\`);
  return `#!/bin/sh
# Made by Ingot from recipes/${image.recipe.name}.ts; edit that and render again.
set -e

lb config noauto \\
${options.join('\n')}
  "$@"
`;
}

/** All timestamps come from the lock's date; live-build takes them from the environment. */
function renderAutoBuild(sourceDateEpoch: number): string {
  return `#!/bin/sh
set -e

export SOURCE_DATE_EPOCH=${sourceDateEpoch}
lb build noauto "$@"
`;
}

function below(folder: string, entry: TreeEntry): TreeEntry {
  return { ...entry, path: `${folder}/${entry.path}` };
}

function script(path: string, content: string): TreeEntry {
  return { ...textEntry(path, content), mode: 0o755 };
}
