import { availableParallelism } from 'node:os';
import type { Progress } from '../host/progress.ts';
import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { sourcesFrom } from '../project/sources.ts';
import { obtainModel } from '../stages/obtain-model.ts';
import { type BenchRow, benchArguments } from '../vm/session.ts';

/**
 * The same model and threads with the tools tree's own llama-bench, on this host, nothing else running. A model that
 * the store does not have, because `gc` removed it or it was built elsewhere, is obtained as a build does.
 */
export async function benchNatively(
  record: ArtifactRecord,
  { store, progress, tools }: { store: Store; progress: Progress; tools: string },
): Promise<BenchRow[]> {
  const [model] = record.models;
  if (!model) throw new IngotError('INPUT_INVALID', `${record.file} has no model that could answer`);
  const threads = Math.min(record.smoke.cpus, availableParallelism());
  return withTemporary(store, async (scratch) => {
    const path = await obtainModel(model, { store, scratch, progress, sources: sourcesFrom({}) });
    const work = await makeScratch(scratch, 'work');
    const sandbox = { tools, work, inputs: { '/inputs/model.gguf': path }, sourceDateEpoch: 1 };
    return JSON.parse(await runInside(sandbox, benchArguments('/inputs/model.gguf', threads))) as BenchRow[];
  });
}
