import { basename, dirname } from 'node:path';
import { exists, hashFile, readText } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { recordSchema } from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';

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
