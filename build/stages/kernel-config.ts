import { join } from 'node:path';
import { readText } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { run } from '../host/run/command.ts';
import { runInside } from '../host/run/sandbox.ts';
import { mergeConfig } from '../kernel/merge.ts';
import type { StageContext } from './context.ts';
import { kconfigFolder } from './kconfig.ts';
import { ownPrograms } from './program.ts';

/** A configuration as the kernel's own Kconfig resolves it: the base with lines in place of its own. */
export async function kernelConfigStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, sourceDateEpoch, log } = context;
  const folder = join(inputs.kconfig!, 'kconfig');
  const base = await readText(join(folder, 'bases', String(options.base)));
  const lines = options.lines as string[];
  await writeFiles(scratch, { 'all.asked': mergeConfig(base, lines) });
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: {
      [kconfigFolder]: folder,
      '/inputs/programs': ownPrograms(new URL('kconfig/', import.meta.url)),
    },
    sourceDateEpoch,
  };
  await runInside(sandbox, ['sh', '/inputs/programs/resolve.sh', kconfigFolder, 'all'], { log });
  const made = ['config', 'log', 'symbols'].map((ending) => join(scratch, `all.${ending}`));
  await run(['mv', ...made, output], { log });
}
