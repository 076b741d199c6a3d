import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { move } from '../host/fs/files.ts';
import { tarOf } from '../host/fs/tar.ts';
import { runInside } from '../host/run/sandbox.ts';
import { withClonedTree } from '../host/store/clone-tree.ts';
import type { Program } from '../model/distro.ts';
import type { Tree } from '../model/types.ts';
import type { StageContext } from './context.ts';
import { ownProgram, placeProgram } from './program.ts';

const clampTimes = new URL('clamp-times.sh', import.meta.url);

/**
 * The finished root: packages, the features' overlays over them, presets applied, the build's own traces
 * removed.
 */
export async function rootStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const scrub = await placeProgram(options.scrub as unknown as Program, scratch);
  const finish = await ownProgram(new URL('root.sh', import.meta.url));
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: { '/inputs/program': scrub.folder, '/inputs/clamp-times.sh': fileURLToPath(clampTimes) },
    sourceDateEpoch,
  };
  const clone = join(scratch, 'root');
  await withClonedTree({ store, stage: inputs.packages!, clone, sourceDateEpoch }, async () => {
    const input = tarOf(options.overlay as unknown as Tree, sourceDateEpoch);
    await runInside(sandbox, [...finish, 'root', ...scrub.runAt('/inputs/program')], { log, input });
  });
  await move(clone, join(output, 'root'));
}
