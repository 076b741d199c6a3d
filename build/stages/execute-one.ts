import { join } from 'node:path';
import { makeFolder } from '../host/folders.ts';
import { throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { watchScarcity } from '../host/scarcity.ts';
import { keepStage, type Store, withTemporary } from '../host/store.ts';
import { within } from '../model/errors.ts';
import type { Stage, StageType } from '../model/types.ts';
import type { Sources, StageContext, StageFunction } from './context.ts';

/** Code of a stage, which is loaded when one is begun: half of what a build loads is for stages, and most are in the store. */
const loaders: { [type in StageType]: () => Promise<StageFunction> } = {
  fetch: async () => (await import('./fetch.ts')).fetchStage,
  repo: async () => (await import('./repo.ts')).repoStage,
  tools: async () => (await import('./tools.ts')).toolsStage,
  packages: async () => (await import('./packages.ts')).packagesStage,
  root: async () => (await import('./root.ts')).rootStage,
  hygiene: async () => (await import('./hygiene.ts')).hygieneStage,
  models: async () => (await import('./models.ts')).modelsStage,
  iso: async () => (await import('./iso.ts')).isoStage,
  disk: async () => (await import('./disk.ts')).diskStage,
  convert: async () => (await import('./convert.ts')).convertStage,
  attest: async () => (await import('./attest.ts')).attestStage,
};

/** Runs a stage; meanwhile loads what others will need, whose own call tells what is wrong with it. */
async function runStage(type: StageType, context: StageContext): Promise<void> {
  const run = await loaders[type]();
  const done = run(context);
  for (const load of Object.values(loaders)) load().catch(() => {});
  await done;
}

export interface Execution {
  /** Stages under way, by id: what several images share is made once, however many ask for it at the same time. */
  running?: Map<string, Promise<void>>;
  store: Store;
  progress: Progress;
  sources: () => Promise<Sources>;
}

export interface Endings {
  /** What is left to be done when stages can be used: tidying up after them, and flushing those that are handed out. */
  endings: Promise<void>[];
}

export function nameOf({ type, label }: Stage): string {
  return type === label ? type : `${type} ${label}`;
}

/** Makes one stage, which is there to be used when this returns. */
export async function executeOne(
  stage: Stage,
  inputs: Record<string, string>,
  execution: Execution & Endings,
): Promise<void> {
  await new Promise<void>((kept, failed) => {
    const ended = executeToEnd(stage, inputs, execution, kept);
    ended.catch(failed);
    execution.endings.push(ended);
  });
}

async function executeToEnd(
  stage: Stage,
  inputs: Record<string, string>,
  { store, progress, sources }: Execution,
  kept: () => void,
): Promise<void> {
  const name = nameOf(stage);
  const end = progress.begin(name, stage.id.slice(0, 12));
  await withTemporary(store, async (folder) => {
    // In here, so that a signal between two stages is told with the one that it kept from starting.
    throwIfInterrupted();
    const [output, scratch] = [join(folder, 'output'), join(folder, 'scratch')];
    await makeFolder(output);
    await makeFolder(scratch);
    const log = join(store.folder, 'logs', `${stage.type}-${stage.label}-${stage.id.slice(0, 12)}.log`);
    const sourceDateEpoch = Number(stage.options.sourceDateEpoch);
    const context = {
      options: stage.options,
      inputs,
      output,
      scratch,
      log,
      store,
      progress,
      name,
      sourceDateEpoch,
      sources,
    };
    const explained = watchScarcity(store);
    try {
      await runStage(stage.type, context);
      await keepStage(store, output, stage.id);
      end();
      kept();
    } catch (error) {
      // Now, while what the stage has written still takes its space.
      throw await explained(error);
    }
  }).catch((error) => {
    throw within(`stage ${name}`, error);
  });
}
