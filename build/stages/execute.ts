import { join } from 'node:path';
import { discard } from '../host/discard.ts';
import { makeFolder } from '../host/folders.ts';
import { throwIfInterrupted } from '../host/interrupt.ts';
import { oneAtATime } from '../host/one-at-a-time.ts';
import type { Progress } from '../host/progress.ts';
import { watchScarcity } from '../host/scarcity.ts';
import { hasStage, keepStage, type Store, withTemporary } from '../host/store.ts';
import { within } from '../model/errors.ts';
import type { Manifest, Stage, StageType } from '../model/types.ts';
import type { Sources, StageFunction } from './context.ts';
import { convertStage } from './convert.ts';
import { diskStage } from './disk.ts';
import { writtenInto } from './facts.ts';
import { fetchStage } from './fetch.ts';
import { hygieneStage } from './hygiene.ts';
import { isoStage } from './iso.ts';
import { modelsStage } from './models.ts';
import { packagesStage } from './packages.ts';
import { repoStage } from './repo.ts';
import { rootStage } from './root.ts';
import { toolsStage } from './tools.ts';

/** Its libraries take a fifth of a second to load, which no verb that does not need them should wait for. */
const loadAttest = () => import('./attest.ts');

const functions: { [type in StageType]: StageFunction } = {
  fetch: fetchStage,
  repo: repoStage,
  tools: toolsStage,
  packages: packagesStage,
  root: rootStage,
  hygiene: hygieneStage,
  models: modelsStage,
  iso: isoStage,
  disk: diskStage,
  convert: async (context) => {
    // Meanwhile, for it is next. Its own call tells what is wrong with it.
    loadAttest().catch(() => {});
    await convertStage(context);
  },
  attest: async (context) => (await loadAttest()).attestStage(context),
};

/** Each may hold a whole root in memory: of several at once, none would have what it needs. */
const disks = oneAtATime();

export interface Execution {
  /** Stages under way, by id: what several images share is made once, however many ask for it at the same time. */
  running?: Map<string, Promise<void>>;
  store: Store;
  progress: Progress;
  sources: () => Promise<Sources>;
}

/**
 * Makes the stage `id` and whatever it stands on, unless the store has it; returns its folder, when all that was made is on
 * the disk. What does not stand on each other is made at the same time; when one fails, those beside it still end.
 */
export async function executeStage(
  manifest: Pick<Manifest, 'stages'>,
  id: string,
  execution: Execution,
): Promise<string> {
  const flushes: Promise<void>[] = [];
  const running = execution.running ?? new Map<string, Promise<void>>();
  const made = makeStage(manifest, id, { ...execution, running, flushes });
  await Promise.allSettled([made]);
  await Promise.allSettled(flushes);
  return Promise.all([made, ...flushes]).then(([folder]) => folder);
}

async function makeStage(
  manifest: Pick<Manifest, 'stages'>,
  id: string,
  execution: Required<Execution> & { flushes: Promise<void>[] },
): Promise<string> {
  const { store, progress } = execution;
  const stage = manifest.stages.find((candidate) => candidate.id === id)!;
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

function nameOf({ type, label }: Stage): string {
  return type === label ? type : `${type} ${label}`;
}

async function executeOne(
  stage: Stage,
  inputs: Record<string, string>,
  execution: Execution & { flushes: Promise<void>[] },
): Promise<void> {
  const { store, progress, sources, flushes } = execution;
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
      await functions[stage.type](context);
      const { flushed } = await keepStage(store, output, stage.id);
      const told = flushed.catch((error) => {
        throw within(`stage ${name}`, error);
      });
      told.catch(() => {});
      flushes.push(told);
    } catch (error) {
      // Now, while what the stage has written still takes its space.
      throw await explained(error);
    }
  }).catch((error) => {
    throw within(`stage ${name}`, error);
  });
  end();
}
