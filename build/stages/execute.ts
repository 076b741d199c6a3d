import { oneAtATime } from '../host/one-at-a-time.ts';
import { discard } from '../host/store/discard.ts';
import { flushStage } from '../host/store/durability.ts';
import { hasStage } from '../host/store/store.ts';
import { within } from '../model/errors.ts';
import type { Manifest, Stage } from '../model/types.ts';
import { type Endings, type Execution, executeOne, nameOf } from './execute-one.ts';
import { wasModified } from './stage-output.ts';

/** With the list of stages that were asked for. */
type Running = Execution & Required<Pick<Execution, 'running'>>;

/** Each may hold a whole root in memory: several at once would not fit. */
const disks = oneAtATime();

/** Makes one stage, see `executeStages`. */
export async function executeStage(
  manifest: Pick<Manifest, 'stages'>,
  id: string,
  execution: Execution,
): Promise<string> {
  return (await executeStages(manifest, [id], execution))[0]!;
}

/**
 * Makes stages and their inputs, unless the store has them, and returns their folders when they are flushed
 * to the disk. Their inputs may not be: after a power failure they are rebuilt. Stages that do not need each
 * other run at the same time; when one fails, those beside it still finish.
 */
export async function executeStages(
  manifest: Pick<Manifest, 'stages'>,
  ids: string[],
  execution: Execution,
): Promise<string[]> {
  const endings: Promise<void>[] = [];
  const running = execution.running ?? new Map<string, Promise<boolean>>();
  const made = ids.map(async (id) => {
    const folder = await makeStage(manifest, id, { ...execution, running, endings });
    // While others are made.
    const flushed = flushStage(execution.store, id).catch((error) => {
      throw within(`stage ${nameOf(stageOf(manifest, id))}`, error);
    });
    flushed.catch(() => {});
    endings.push(flushed);
    return folder;
  });
  await Promise.allSettled(made);
  await Promise.allSettled(endings);
  await Promise.all(endings);
  return Promise.all(made);
}

function stageOf({ stages }: Pick<Manifest, 'stages'>, id: string): Stage {
  return stages.find((candidate) => candidate.id === id)!;
}

/** Returns the stage's folder; makes it once, however many ask for it at the same time. */
async function makeStage(
  manifest: Pick<Manifest, 'stages'>,
  id: string,
  execution: Running & Endings,
): Promise<string> {
  const { running, store } = execution;
  const begun = running.get(id) ?? makeUnlessThere(manifest, stageOf(manifest, id), execution);
  running.set(id, begun);
  await begun;
  return store.stage(id);
}

/** Whether it was made now. */
async function makeUnlessThere(
  manifest: Pick<Manifest, 'stages'>,
  stage: Stage,
  execution: Running & Endings,
): Promise<boolean> {
  const { store, progress } = execution;
  const folder = store.stage(stage.id);
  if (await hasStage(store, stage.id)) {
    if (!(await wasModified(folder, Number(stage.options.sourceDateEpoch)))) return false;
    progress.note(`the finished image of stage ${nameOf(stage)} was modified and is rebuilt`);
    await discard(store, folder);
  }
  const made = Object.entries(stage.inputs).map(
    async ([role, input]) => [role, await makeStage(manifest, input, execution)] as const,
  );
  await Promise.allSettled(made);
  const inputs = Object.fromEntries(await Promise.all(made));
  const execute = () => executeOne(stage, inputs, execution);
  await (stage.type === 'disk' ? disks(execute) : execute());
  return true;
}
