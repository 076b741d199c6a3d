import { join } from 'node:path';
import { mmdebstrap, scrub } from '../distros/debian/mmdebstrap.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { run } from '../host/run/command.ts';
import { privateCommand } from '../host/run/sandbox.ts';
import { removeFolder } from '../host/store/discard.ts';
import type { LockedPackage } from '../model/types.ts';
import type { StageContext } from './context.ts';
import { assertLocked } from './locked-files.ts';
import { writeIndex } from './repo.ts';

/**
 * The tools tree: a Debian root of the locked versions of every program that touches an image's bytes. It is the
 * one thing made by the host's own mmdebstrap and apt; they unpack exactly the locked packages.
 */
export async function toolsStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const packages = options.packages as unknown as LockedPackage[];
  await assertLocked(packages, { folder: inputs.files!, store });
  const repository = join(scratch, 'repo');
  await makeFolder(repository);
  await run(['cp', '-al', `${inputs.files}/.`, join(repository, 'pool')], { log });
  await run(['sh', '-euc', writeIndex, 'index', String(options.suite)], { log, cwd: repository });
  // A build of its own kind cannot run in here, so nothing has to ask for a kernel's initramfs or a boot menu.
  const command = mmdebstrap({
    suite: String(options.suite),
    packages,
    repository,
    root: output,
    customize: [...scrub, 'mkdir -p "$1"/scratch "$1"/inputs; : > "$1"/etc/resolv.conf'],
  });
  // mmdebstrap insists on making its folder.
  await removeFolder(output);
  await run(privateCommand(command, sourceDateEpoch, scratch), { log });
}
