import { run } from '../host/run/command.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { Program } from '../model/distro.ts';
import type { StageContext } from './context.ts';
import { madeFiles } from './made-packages.ts';
import { placeProgram } from './program.ts';

/**
 * A local repository that holds exactly the fetched packages and those that the build made, with the index
 * made by the distribution's own tool.
 */
export async function repoStage(context: StageContext): Promise<void> {
  const { inputs, output, options, scratch, sourceDateEpoch, log } = context;
  await run(['cp', '-al', `${inputs.files}/.`, `${output}/pool`], { log });
  for (const file of await madeFiles(inputs.kernel)) await run(['cp', '-l', file, `${output}/pool`], { log });
  const index = await placeProgram(options.index as unknown as Program, scratch);
  const sandbox = {
    tools: inputs.tools!,
    work: output,
    inputs: { '/inputs/program': index.folder },
    sourceDateEpoch,
  };
  await runInside(sandbox, [...index.runAt('/inputs/program'), String(options.base)], { log });
}
