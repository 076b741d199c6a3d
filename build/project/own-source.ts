import { join } from 'node:path';
import { hashFile } from '../host/fs/files.ts';
import { run } from '../host/run/command.ts';
import { runInside } from '../host/run/sandbox.ts';
import { keepFile, withTemporary } from '../host/store/store.ts';
import { IngotError, within } from '../model/errors.ts';
import type { KernelSource } from '../model/kernel.ts';
import { toolsStages } from '../resolve/stage.ts';
import { executeStage } from '../stages/execute.ts';
import { ownPrograms } from '../stages/program.ts';
import type { CheckPlace } from './check-kernel.ts';
import { readStageCode } from './stage-code.ts';

const programs = ownPrograms(new URL('../stages/kconfig/', import.meta.url));

/**
 * A kernel source of the user's own, as an archive in the store. Of a folder only what a check needs is
 * packed, so that the same files give the same archive, and a second check finds the first one's work.
 */
export async function packSource(
  path: string,
  { isTree, source, place }: { isTree: boolean; source: KernelSource; place: CheckPlace },
): Promise<{ sha256: string; version: string }> {
  const { store, progress } = place;
  const { base, tools, sourceDateEpoch } = source;
  const made = toolsStages({ base, tools, sourceDateEpoch }, await readStageCode());
  const tree = await executeStage(made, made.tools, place);
  const end = progress.begin('read kernel source', path);
  return withTemporary(store, async (work) => {
    const inputs = { '/inputs/source': path, '/inputs/programs': programs };
    const sandbox = { tools: tree, work, inputs, sourceDateEpoch };
    if (isTree)
      await runInside(sandbox, ['sh', '/inputs/programs/pack.sh', '/inputs/source', '/scratch/packed']);
    else await run(['cp', '--reflink=auto', path, join(work, 'packed')]);
    const program = ['sh', '/inputs/programs/version.sh', '/scratch/packed'];
    const version = await runInside(sandbox, program).catch((error: IngotError) => {
      if (error.code !== 'COMMAND_FAILED') throw error;
      throw within(
        `--kernel ${path}`,
        new IngotError('INPUT_INVALID', 'it is no kernel source', { cause: error }),
      );
    });
    const sha256 = await hashFile(join(work, 'packed'));
    await keepFile(store, join(work, 'packed'), sha256);
    end(`version ${version.trim()}`);
    return { sha256, version: version.trim() };
  });
}
