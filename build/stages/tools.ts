import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder } from '../host/fs/folders.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { run } from '../host/run/command.ts';
import { privateCommand } from '../host/run/sandbox.ts';
import { removeFolder } from '../host/store/discard.ts';
import type { Program } from '../model/distro.ts';
import type { LockedPackage } from '../model/lock.ts';
import type { StageContext } from './context.ts';
import { assertLocked } from './locked-files.ts';
import { packageList, placeProgram } from './program.ts';

/**
 * The tools tree: a root of the locked versions of every program that touches an image's bytes. It is the one
 * thing made by the host's own programs; they unpack exactly the locked packages.
 */
export async function toolsStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const packages = options.packages as unknown as LockedPackage[];
  await assertLocked(packages, { folder: inputs.files!, store });
  const repository = join(scratch, 'repo');
  await makeFolder(repository);
  await run(['cp', '-al', `${inputs.files}/.`, join(repository, 'pool')], { log });
  const index = await placeProgram(options.index as unknown as Program, join(scratch, 'index'));
  const make = await placeProgram(options.make as unknown as Program, join(scratch, 'make'));
  const base = String(options.base);
  await run([...index.runAt(index.folder), base], { log, cwd: repository });
  await writeFiles(scratch, { packages: packageList(packages) });
  // The program makes the folder itself.
  await removeFolder(output);
  const from = pathToFileURL(repository).pathname;
  const command = [...make.runAt(make.folder), base, join(scratch, 'packages'), from, output];
  await run(privateCommand(command, sourceDateEpoch, scratch), { log });
}
