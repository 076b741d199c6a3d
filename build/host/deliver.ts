import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArtifactRecord } from '../model/types.ts';
import { exists, readText, writeAtomic } from './files.ts';

/**
 * Puts a finished file and its record into the output folder: a copy, so that nothing done to it harms the store.
 * A file that is there already and unchanged since is left alone: its time tells.
 */
export async function deliver(
  from: string,
  folder: string,
  record: ArtifactRecord,
  sourceDateEpoch: number,
): Promise<string> {
  const to = join(folder, record.file);
  const recordText = `${JSON.stringify(record, null, 2)}\n`;
  if (await delivered(to, recordText, record.size, sourceDateEpoch)) return to;
  await mkdir(dirname(to), { recursive: true });
  await rm(`${to}.json`, { force: true });
  const temporary = `${to}.tmp`;
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    await utimes(temporary, sourceDateEpoch, sourceDateEpoch);
    await rename(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
  await writeAtomic(`${to}.json`, recordText);
  return to;
}

async function delivered(
  to: string,
  recordText: string,
  size: number,
  sourceDateEpoch: number,
): Promise<boolean> {
  if (!(await exists(to)) || !(await exists(`${to}.json`))) return false;
  const found = await stat(to);
  if (found.size !== size || found.mtimeMs !== sourceDateEpoch * 1000) return false;
  return (await readText(`${to}.json`)) === recordText;
}
