import { join } from 'node:path';
import { clampTimes, scrub, scrubImage } from '../distros/debian/mmdebstrap.ts';
import { move } from '../host/fs/files.ts';
import { tarOf } from '../host/fs/tar.ts';
import { runInside } from '../host/run/sandbox.ts';
import { withClonedTree } from '../host/store/clone-tree.ts';
import type { Tree } from '../model/types.ts';
import type { StageContext } from './context.ts';

/** The finished root: packages, the features' overlays over them, presets applied, the build's own traces removed. */
export async function rootStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const sandbox = { tools: inputs.tools!, work: scratch, sourceDateEpoch };
  const clone = join(scratch, 'root');
  await withClonedTree({ store, stage: inputs.packages!, clone, sourceDateEpoch }, () =>
    runInside(sandbox, ['sh', '-euc', finish, 'finish', 'root'], {
      log,
      input: tarOf(options.overlay as unknown as Tree, sourceDateEpoch),
    }),
  );
  await move(clone, join(output, 'root'));
}

/**
 * The overlay's tar comes by standard input; `$1` is the root, whose files are hard links: tar, sysusers and systemctl
 * replace files and do not write into them. The image's own tar unpacks it, so that an absolute symlink on the way, as
 * /var/run, is followed within the root.
 */
const finish = `
${[...scrub, ...scrubImage].join('\n')}
chroot "$1" tar --extract --preserve-permissions --same-owner --keep-directory-symlink
systemd-sysusers --root="$PWD/$1"
systemctl --root="$PWD/$1" preset-all
# Caches that depend on /usr were made with the packages; the first boot need not make them again.
touch "$1"/etc/.updated "$1"/var/.updated
rm -f "$1"/etc/passwd- "$1"/etc/group- "$1"/etc/shadow- "$1"/etc/gshadow- "$1"/etc/.pwd.lock
${clampTimes}
`;
