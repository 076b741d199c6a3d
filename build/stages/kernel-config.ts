import { join } from 'node:path';
import { readText } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { run } from '../host/run/command.ts';
import { runInside } from '../host/run/sandbox.ts';
import { mergeConfig } from '../kernel/merge.ts';
import { asLsmod } from '../kernel/profile.ts';
import type { StageContext } from './context.ts';
import { kconfigFolder } from './kconfig.ts';
import { ownProgram, ownPrograms } from './program.ts';

/** A configuration as the kernel's own Kconfig resolves it: the base with lines in place of its own. */
export async function kernelConfigStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, sourceDateEpoch, log } = context;
  const folder = join(inputs.kconfig!, 'kconfig');
  const whole = await readText(join(folder, 'bases', String(options.base)));
  const lines = options.lines as string[];
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: {
      [kconfigFolder]: folder,
      '/inputs/programs': ownPrograms(new URL('kconfig/', import.meta.url)),
    },
    sourceDateEpoch,
  };
  const base = options.modules ? await ofProfile(options.modules as string[], whole) : whole;
  await writeFiles(scratch, { 'all.asked': mergeConfig(base, lines) });
  await runInside(sandbox, ['sh', '/inputs/programs/resolve.sh', kconfigFolder, 'all'], { log });
  const made = ['config', 'log', 'symbols'].map((ending) => join(scratch, `all.${ending}`));
  await run(['mv', ...made, output], { log });

  /** The base with those modules alone that a machine uses, by the kernel's own program. */
  async function ofProfile(modules: string[], text: string): Promise<string> {
    await writeFiles(scratch, { base: text, modules: asLsmod(modules) });
    const program = await ownProgram(new URL('kernel-config/localmod.sh', import.meta.url));
    await runInside(sandbox, [...program, kconfigFolder], { log });
    return readText(join(scratch, 'base'));
  }
}
