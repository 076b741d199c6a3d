import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../host/fs/folders.ts';
import { throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { explainExhaustion } from '../host/run/resource-exhaustion.ts';
import { keepStage, type Store, withTemporary } from '../host/store/store.ts';
import { within } from '../model/errors.ts';
import type { Stage, StageType } from '../model/types.ts';
import { attestStage } from './attest.ts';
import type { FindSources, StageFunction } from './context.ts';
import { convertStage } from './convert.ts';
import { diskStage } from './disk.ts';
import { fetchStage } from './fetch.ts';
import { hygieneStage } from './hygiene.ts';
import { installerStage } from './installer.ts';
import { inventoryStage } from './inventory.ts';
import { isoStage } from './iso.ts';
import { kconfigStage } from './kconfig.ts';
import { kernelStage } from './kernel.ts';
import { kernelConfigStage } from './kernel-config.ts';
import { modelsStage } from './models.ts';
import { packagesStage } from './packages.ts';
import { repoStage } from './repo.ts';
import { rootStage } from './root.ts';
import { servableStage } from './servable.ts';
import { toolsStage } from './tools.ts';

/**
 * Their code is loaded before any of them runs: when Node.js cannot open a module's file, as with too many
 * open files, it ends the whole program with a stack trace, and running stages would be left half done.
 */
const stages: { [type in StageType]: StageFunction } = {
  fetch: fetchStage,
  repo: repoStage,
  tools: toolsStage,
  packages: packagesStage,
  root: rootStage,
  hygiene: hygieneStage,
  inventory: inventoryStage,
  servable: servableStage,
  models: modelsStage,
  installer: installerStage,
  iso: isoStage,
  disk: diskStage,
  convert: convertStage,
  attest: attestStage,
  kconfig: kconfigStage,
  'kernel-config': kernelConfigStage,
  kernel: kernelStage,
};

export interface Execution {
  /**
   * Stages that were asked for, by id, and whether one was made now: what several images share is made once.
   */
  running?: Map<string, Promise<boolean>>;
  store: Store;
  progress: Progress;
  sources: FindSources;
  /** How many compilers may run at once; by default as many as there are processors. */
  jobs?: number;
}

export interface Endings {
  /**
   * What is left to be done when stages can be used: tidying up after them, and flushing those that are
   * handed out.
   */
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
  { store, progress, sources, jobs = availableParallelism() }: Execution,
  kept: () => void,
): Promise<void> {
  const name = nameOf(stage);
  const end = progress.begin(name, stage.id.slice(0, 12));
  await withTemporary(store, async (folder) => {
    // In here, so that the error of a signal between two stages names the stage that did not start.
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
      jobs,
    };
    const explained = explainExhaustion(store);
    try {
      await stages[stage.type](context);
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
