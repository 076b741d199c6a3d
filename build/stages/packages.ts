import { join } from 'node:path';
import { parseListing } from '../formats/packages/installed.ts';
import { move, readText } from '../host/fs/files.ts';
import { writeTar } from '../host/fs/tar.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { Program } from '../model/distro.ts';
import { IngotError, shortList } from '../model/errors.ts';
import type { LockedPackage } from '../model/lock.ts';
import type { Tree } from '../model/types.ts';
import type { StageContext } from './context.ts';
import { assertLocked } from './locked-files.ts';
import { madePackages } from './made-packages.ts';
import { ownProgram, packageList, placeProgram } from './program.ts';
import { withoutFsync } from './without-fsync.ts';

/** The root tree with all packages configured and the initramfs made, offline, from the local repository. */
export async function packagesStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const locked = options.packages as unknown as LockedPackage[];
  const packages = [...locked, ...(await madePackages(inputs.kernel))];
  await assertLocked(packages, { folder: join(inputs.repo!, 'pool'), store });
  const make = await placeProgram(options.make as unknown as Program, scratch);
  await writeTar(options.overlay as unknown as Tree, sourceDateEpoch, join(scratch, 'early.tar'));
  await writeFiles(scratch, { packages: packageList(packages) });
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: { '/inputs/repo': inputs.repo!, '/inputs/program': make.folder },
    sourceDateEpoch,
  };
  const words = [
    String(options.base),
    '/scratch/packages',
    '/inputs/repo',
    '/scratch/root',
    '/scratch/early.tar',
  ];
  // Package managers wait for the disk six thousand times, for a root that is not used when the power fails.
  const command = await withoutFsync(scratch, [...make.runAt('/inputs/program'), ...words]);
  await runInside(sandbox, command, { log });
  // What makes the root may write files after all else.
  const clamp = await ownProgram(new URL('clamp-times.sh', import.meta.url));
  await runInside(sandbox, [...clamp, 'root'], { log });
  assertInstalled(packages, await readText(join(scratch, 'installed')));
  for (const name of ['root', 'altered']) await move(join(scratch, name), join(output, name));
}

/** The root must hold the locked packages, all of them configured, and no other. */
function assertInstalled(packages: LockedPackage[], listing: string): void {
  const installed = parseListing(listing).map(({ name, version, state }) => `${name} ${version} ${state}`);
  const expected = packages.map(({ name, version }) => `${name} ${version} installed`);
  const wrong = [
    ...installed.filter((line) => !expected.includes(line)).map((line) => `unexpected ${line}`),
    ...expected.filter((line) => !installed.includes(line)).map((line) => `missing ${line}`),
  ];
  if (wrong.length)
    throw new IngotError(
      'COMMAND_FAILED',
      `the installed packages differ from the lock: ${shortList(wrong)}`,
      {
        hint: 'run ingot lock <recipe> --update',
      },
    );
}
