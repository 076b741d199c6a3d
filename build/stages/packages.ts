import { join } from 'node:path';
import { aptSources, clampTimes, mmdebstrap } from '../distros/debian/mmdebstrap.ts';
import { move, readText } from '../host/fs/files.ts';
import { writeTar } from '../host/fs/tar.ts';
import { verifyScript } from '../host/root/programs.ts';
import { runInside } from '../host/run/sandbox.ts';
import { IngotError } from '../model/errors.ts';
import type { LockedPackage, Tree } from '../model/types.ts';
import type { StageContext } from './context.ts';
import { assertLocked } from './locked-files.ts';
import { withoutFsync } from './without-fsync.ts';

/** The root tree with all packages configured and the initramfs made, offline, from the local repository. */
export async function packagesStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const packages = options.packages as unknown as LockedPackage[];
  const suite = String(options.suite);
  await assertLocked(packages, { folder: join(inputs.repo!, 'pool'), store });
  const early = join(scratch, 'early.tar');
  await writeTar(options.overlay as unknown as Tree, sourceDateEpoch, early);
  const command = mmdebstrap({
    suite,
    packages,
    repository: '/inputs/repo',
    root: '/scratch/root',
    setup: ['tar --extract --no-same-owner --directory "$1" --file /scratch/early.tar'],
    customize: [
      // Once, when everything it takes files from is configured; INITRD=No kept the kernel's package from trying.
      // dracut keeps its own from everybody; there is no secret in this one.
      // Hygiene's work of every edit, which is done here once for what no edit changes.
      `set -e; (${verifyScript}) & verify=$!
chroot "$1" update-initramfs -c -k all; chmod 0644 "$1"/boot/initrd.img-*
wait "$verify"`,
      // The links of an image whose initramfs came late: /vmlinuz and /initrd.img.
      'for kernel in "$1"/boot/vmlinuz-*; do chroot "$1" env --unset=INITRD linux-update-symlinks install "${kernel##*/vmlinuz-}" "/boot/${kernel##*/}"; done',
      'dpkg-query --root "$1" --show --showformat=\'${Package}=${Version} ${db:Status-Status}\\n\' > /scratch/installed',
      aptSources(suite),
    ],
  });
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: { '/inputs/repo': inputs.repo! },
    sourceDateEpoch,
  };
  // Six thousand times dpkg and others wait for the disk, for a root that is not used when the power fails.
  await runInside(sandbox, await withoutFsync(scratch, ['env', 'INITRD=No', ...command]), { log });
  // mmdebstrap writes some files after its last hook.
  await runInside(sandbox, ['sh', '-euc', clampTimes, 'clamp', 'root'], { log });
  await assertInstalled(packages, join(scratch, 'installed'));
  await move(join(scratch, 'root'), join(output, 'root'));
  for (const name of ['installed', 'altered']) await move(join(scratch, name), join(output, name));
}

/** The root must hold the locked packages, all of them configured, and no other. */
async function assertInstalled(packages: LockedPackage[], listing: string): Promise<void> {
  const installed = (await readText(listing)).trim().split('\n').sort();
  const expected = packages.map((p) => `${p.name}=${p.version} installed`).sort();
  const wrong = [
    ...installed.filter((line) => !expected.includes(line)).map((line) => `unexpected ${line}`),
    ...expected.filter((line) => !installed.includes(line)).map((line) => `missing ${line}`),
  ];
  if (wrong.length)
    throw new IngotError('COMMAND_FAILED', `the root is not what the lock says: ${wrong.join(', ')}`, {
      hint: 'run ingot lock <recipe> --update',
    });
}
