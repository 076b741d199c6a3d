import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { exists, hashFile, readText } from '../host/files.ts';
import type { Progress } from '../host/progress.ts';
import { runInside } from '../host/sandbox.ts';
import { makeScratch, type Store, withTemporary } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { recordSchema } from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';
import { obtainModel } from '../stages/obtain-model.ts';
import { type BenchRow, benchArguments } from '../vm/session.ts';
import { sourcesFrom } from './_sources.ts';

/** Reads the record beside an artifact and checks that the file is the recorded bytes. */
export async function readArtifact(artifact: string): Promise<ArtifactRecord> {
  for (const path of [artifact, `${artifact}.json`])
    if (!(await exists(path)))
      throw new IngotError('INPUT_INVALID', `artifact ${path} does not exist`, {
        hint: 'ingot build <recipe>',
      });
  const record = validate<ArtifactRecord>(
    recordSchema,
    parseJson(await readText(`${artifact}.json`), `${artifact}.json`),
    `${artifact}.json`,
  );
  await assertUnchanged(artifact, record);
  return record;
}

/** Refuses a file that is not the recorded bytes, as one that a machine wrote to. */
export async function assertUnchanged(artifact: string, record: ArtifactRecord): Promise<void> {
  const actual = await hashFile(artifact);
  if (actual !== record.sha256)
    throw new IngotError(
      'HASH_MISMATCH',
      `${basename(artifact)} has sha256 ${actual}, its record says ${record.sha256}`,
      {
        hint: `the file in ${dirname(artifact)} was changed; build it again`,
      },
    );
}

/**
 * The same model and threads with the tools tree's own llama-bench, on this host, nothing else running. A model that the
 * store has not, for `gc` or another machine's, is obtained as a build does.
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
