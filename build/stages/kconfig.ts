import { join } from 'node:path';
import { makeFolder } from '../host/fs/folders.ts';
import { runInside } from '../host/run/sandbox.ts';
import { linkFile } from '../host/store/store.ts';
import type { Program } from '../model/distro.ts';
import type { StageContext } from './context.ts';
import { ownPrograms, placeProgram } from './program.ts';

/** Where the result of this stage is seen by the kernel's scripts, which write it down. */
export const kconfigFolder = '/scratch/kconfig';

/**
 * What of a kernel's source is needed to check configurations: its Kconfig files, `conf` and `kdump` made
 * with the compiler of the tools tree, base configurations, and lists of all symbols and parameters.
 */
export async function kconfigStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, sourceDateEpoch, log } = context;
  const program = await placeProgram(options.program as unknown as Program, scratch);
  const sandbox = {
    tools: inputs.tools!,
    work: output,
    inputs: {
      '/inputs/program': program.folder,
      '/inputs/programs': ownPrograms(new URL('kconfig/', import.meta.url)),
      ...(inputs.files ? { '/inputs/files': inputs.files } : {}),
    },
    sourceDateEpoch,
  };
  if (options.archive) {
    await makeFolder(join(output, 'kconfig'));
    await linkFile(context.store.file(String(options.archive)), join(output, 'kconfig', 'source.tar.xz'));
  } else
    await runInside(sandbox, [...program.runAt('/inputs/program'), '/inputs/files', kconfigFolder], { log });
  await runInside(sandbox, ['sh', '/inputs/programs/prepare.sh', kconfigFolder], { log });
}
