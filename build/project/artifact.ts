import { basename, dirname } from 'node:path';
import { exists, hashFile, readText } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { recordSchema, recordVersion } from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';

/** Reads the record beside an artifact and checks that the file is the recorded bytes. */
export async function readArtifact(artifact: string): Promise<ArtifactRecord> {
  for (const path of [artifact, `${artifact}.json`])
    if (!(await exists(path)))
      throw new IngotError('INPUT_INVALID', `artifact ${path} does not exist`, {
        hint: 'ingot build <recipe>',
      });
  const record = parseRecord(await readText(`${artifact}.json`), `${artifact}.json`);
  await assertUnchanged(artifact, record);
  return record;
}

/** The record that a text holds; one of another version of Ingot is refused by its number. */
export function parseRecord(text: string, what: string): ArtifactRecord {
  const value = parseJson(text, what);
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (typeof schema === 'number' && schema !== recordVersion)
    throw new IngotError(
      'INPUT_INVALID',
      `${what} has schema ${schema}; this version of Ingot reads ${recordVersion}`,
      {
        hint: 'build the image again with ingot build, or use the Ingot that wrote the record',
      },
    );
  return validate<ArtifactRecord>(recordSchema, value, what);
}

/** Refuses a file that is not the recorded bytes, as one that a machine wrote to. */
export async function assertUnchanged(artifact: string, record: ArtifactRecord): Promise<void> {
  const actual = await hashFile(artifact);
  if (actual !== record.sha256)
    throw new IngotError(
      'HASH_MISMATCH',
      `${basename(artifact)} has sha256 ${actual}, but its record says ${record.sha256}`,
      {
        hint: `the file in ${dirname(artifact)} was changed; build it again`,
      },
    );
}
