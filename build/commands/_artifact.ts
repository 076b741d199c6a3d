import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { exists, hashFile, readText } from '../host/files.ts';
import { runInside } from '../host/sandbox.ts';
import { type Store, withTemporary } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { recordSchema } from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';
import { type BenchRow, benchArguments } from '../vm/session.ts';

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

/** The same model and threads with the tools tree's own llama-bench, on this host, nothing else running. */
export async function benchNatively(record: ArtifactRecord, store: Store): Promise<BenchRow[]> {
  const tools = await toolsOf(record, store);
  const model = record.models[0] && store.file(record.models[0].sha256);
  if (!model || !(await exists(model)))
    throw new IngotError('INPUT_INVALID', `the store has no model for ${record.file}`, buildIt(record));
  const threads = Math.min(record.smoke.cpus, availableParallelism());
  return withTemporary(store, async (work) => {
    const sandbox = { tools, work, inputs: { '/inputs/model.gguf': model }, sourceDateEpoch: 1 };
    return JSON.parse(await runInside(sandbox, benchArguments('/inputs/model.gguf', threads))) as BenchRow[];
  });
}

/** The tools tree that an artifact was made with. */
export async function toolsOf(record: ArtifactRecord, store: Store): Promise<string> {
  const tools = store.stage(record.toolsStage);
  if (await exists(tools)) return tools;
  throw new IngotError('INPUT_INVALID', `the store has no tools tree for ${record.file}`, buildIt(record));
}

function buildIt({ recipe, target }: ArtifactRecord): { hint: string } {
  return { hint: `ingot build ${recipe} --target ${target}` };
}
