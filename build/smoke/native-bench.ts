import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../formats/text/canonical-json.ts';
import { exists, readJson, writeAtomic } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import type { Progress } from '../host/progress.ts';
import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { sourcesFrom } from '../project/sources.ts';
import { obtainModel } from '../stages/obtain-model.ts';
import { type BenchRow, benchArguments } from '../vm/session.ts';

type Context = { store: Store; progress: Progress; tools: string };

/** Figures that this process has measured. */
const measured = new Map<string, Promise<BenchRow[]>>();

/**
 * The same model and threads with the tools tree's own llama-bench, on this host, nothing else running.
 * Measured once in a run: what another day or another load of the machine gave says nothing about this one. A
 * run of several processes names a folder of its own in INGOT_NATIVE_BENCH, where each finds what another has
 * measured.
 */
export async function benchNatively(record: ArtifactRecord, context: Context): Promise<BenchRow[]> {
  const [model, threads] = [servedModel(record), threadsOf(record)];
  const key = sha256({ model: model.sha256, tools: record.toolsStage, threads });
  const bench = measured.get(key) ?? onceInRun(key, () => runBench(model, threads, context));
  measured.set(key, bench);
  bench.catch(() => measured.delete(key));
  return bench;
}

/** The same, measured now: what is known from before came under another load of this host. */
export async function benchNativelyNow(record: ArtifactRecord, context: Context): Promise<BenchRow[]> {
  return runBench(servedModel(record), threadsOf(record), context);
}

function servedModel({ file, models: [model] }: ArtifactRecord): ArtifactRecord['models'][number] {
  if (!model) throw new IngotError('INPUT_INVALID', `${file} has no model to measure`);
  return model;
}

function threadsOf({ machine }: ArtifactRecord): number {
  return Math.min(machine.cpus, availableParallelism());
}

async function onceInRun(key: string, bench: () => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const folder = process.env.INGOT_NATIVE_BENCH;
  if (!folder) return bench();
  const path = join(folder, `${key}.json`);
  if (await exists(path)) return readJson(path);
  const rows = await bench();
  await makeFolder(folder);
  await writeAtomic(path, JSON.stringify(rows));
  return rows;
}

/**
 * A model that the store does not have, because `gc` removed it or it was built elsewhere, is obtained as a
 * build does.
 */
async function runBench(
  model: ArtifactRecord['models'][number],
  threads: number,
  { store, progress, tools }: Context,
): Promise<BenchRow[]> {
  return withTemporary(store, async (scratch) => {
    const sources = await sourcesFrom({});
    const path = await obtainModel(model, { store, scratch, progress, sources });
    const work = await makeScratch(scratch, 'work');
    const sandbox = { tools, work, inputs: { '/inputs/model.gguf': path }, sourceDateEpoch: 1 };
    return JSON.parse(await runInside(sandbox, benchArguments('/inputs/model.gguf', threads))) as BenchRow[];
  });
}
