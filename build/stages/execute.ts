import { discard } from '../host/discard.ts';
import { mapLimited } from '../host/files.ts';
import { oneAtATime } from '../host/one-at-a-time.ts';
import { hasStage, type Store } from '../host/store.ts';
import { flushStage } from '../host/unflushed-stages.ts';
import { within } from '../model/errors.ts';
import type { Manifest, Stage } from '../model/types.ts';
import { type Endings, type Execution, executeOne, nameOf } from './execute-one.ts';
import { writtenInto } from './facts.ts';

/** Each may hold a whole root in memory: of several at once, none would have what it needs. */
const disks = oneAtATime();

/** `executeStages` for one. */
export async function executeStage(
  manifest: Pick<Manifest, 'stages'>,
  id: string,
  execution: Execution,
): Promise<string> {
  return (await executeStages(manifest, [id], execution))[0]!;
}

/**
 * Makes stages, one after the other, and whatever they stand on, unless the store has them; returns their folders when they
 * are on the disk. What they stand on need not be: when the power fails it is made again. What does not stand on each
 * other is made at the same time; when one fails, those beside it still end.
 */
export async function executeStages(
  manifest: Pick<Manifest, 'stages'>,
  ids: string[],
  execution: Execution,
): Promise<string[]> {
  const endings: Promise<void>[] = [];
  const running = execution.running ?? new Map<string, Promise<void>>();
  const made = mapLimited(ids, 1, async (id) => {
    const folder = await makeStage(manifest, id, { ...execution, running, endings });
    // While the next one is made.
    const flushed = flushStage(execution.store, id).catch((error) => {
      throw within(`stage ${nameOf(stageOf(manifest, id))}`, error);
    });
    flushed.catch(() => {});
    endings.push(flushed);
    return folder;
  });
  await Promise.allSettled([made]);
  await Promise.allSettled(endings);
  await Promise.all([made, ...endings]);
  return made;
}

function stageOf({ stages }: Pick<Manifest, 'stages'>, id: string): Stage {
  return stages.find((candidate) => candidate.id === id)!;
}

async function makeStage(
  manifest: Pick<Manifest, 'stages'>,
  id: string,
  execution: Required<Execution> & Endings,
): Promise<string> {
  const { store, progress } = execution;
  const stage = stageOf(manifest, id);
  if (await hasStage(store, id)) {
    if (!(await writtenInto(store.stage(id), Number(stage.options.sourceDateEpoch)))) return store.stage(id);
    progress.note(`somebody wrote into the image of stage ${nameOf(stage)}: it is made again`);
    await discard(store, store.stage(id));
  }
  const { running } = execution;
  const made = Object.entries(stage.inputs).map(
    async ([role, input]) => [role, await makeStage(manifest, input, execution)] as const,
  );
  await Promise.allSettled(made);
  const inputs = Object.fromEntries(await Promise.all(made));
  const execute = () => executeOne(stage, inputs, execution);
  const begun = running.get(id) ?? (stage.type === 'disk' ? disks(execute) : execute());
  running.set(id, begun);
  await begun;
  return store.stage(id);
}

/** Which stages are in the store already, in manifest order. */
export async function cachedStages(
  manifest: Manifest,
  store: Store,
): Promise<{ stage: Stage; cached: boolean }[]> {
  return Promise.all(
    manifest.stages.map(async (stage) => ({ stage, cached: await hasStage(store, stage.id) })),
  );
}
