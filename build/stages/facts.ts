import { basename, dirname, join } from 'node:path';
import { fileSize, hashFile, readText, writeAtomic } from '../host/files.ts';
import { IngotError } from '../model/errors.ts';

/** Size and hash of the one file that a stage makes, kept beside it in `facts.json`. */
export interface Facts {
  size: number;
  sha256: string;
}

export async function writeFacts(file: string): Promise<void> {
  await writeAtomic(join(dirname(file), 'facts.json'), JSON.stringify(await factsOf(file)));
}

export async function readFacts(folder: string): Promise<Facts> {
  const path = join(folder, 'facts.json');
  try {
    return JSON.parse(await readText(path)) as Facts;
  } catch (cause) {
    throw new IngotError('HASH_MISMATCH', `${path} is damaged in the store: ${(cause as Error).message}`, {
      hint: remedy(folder),
      cause,
    });
  }
}

/** Refuses a file that is not what its stage made any more. */
export async function assertFacts(file: string): Promise<Facts> {
  const [made, now] = [await readFacts(dirname(file)), await factsOf(file)];
  if (made.sha256 === now.sha256 && made.size === now.size) return now;
  throw new IngotError(
    'HASH_MISMATCH',
    `${basename(file)} is damaged in the store: ${file} has sha256 ${now.sha256}, it was made with ${made.sha256}`,
    { hint: remedy(dirname(file)) },
  );
}

function remedy(folder: string): string {
  return `rm -r ${folder}, then run the same command again`;
}

/** Reads the file once, streamed. */
export async function factsOf(file: string): Promise<Facts> {
  return { size: await fileSize(file), sha256: await hashFile(file) };
}
