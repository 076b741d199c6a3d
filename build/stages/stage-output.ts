import { basename, dirname, join } from 'node:path';
import { exists, fileSize, hashFile, readText, setTime, timeOf } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { IngotError } from '../model/errors.ts';

/** Size and hash of the one file that a stage makes, kept beside it in `digest.json`. */
export interface Digest {
  size: number;
  sha256: string;
}

export async function writeDigest(file: string, digest?: Digest): Promise<void> {
  await writeFiles(dirname(file), { 'digest.json': JSON.stringify(digest ?? (await digestOf(file))) });
}

/** The name of a finished image in its stage; no other stage has a file of that name. */
export const imageName = 'image';

/** Completes a stage whose image is handed out: its digest, and the time by which `wasModified` knows it. */
export async function finishImage(image: string, sourceDateEpoch: number, digest?: Digest): Promise<void> {
  await writeDigest(image, digest);
  await setTime(image, sourceDateEpoch);
}

/**
 * Whether the stage in a folder has an image that somebody wrote into, as under its name in the output
 * folder.
 */
export async function wasModified(folder: string, sourceDateEpoch: number): Promise<boolean> {
  const image = join(folder, imageName);
  return (await exists(image)) && (await timeOf(image)) !== sourceDateEpoch;
}

export async function readDigest(folder: string): Promise<Digest> {
  return readStageJson<Digest>(join(folder, 'digest.json'));
}

/** The value of a JSON file that a stage made; one that is damaged is named. */
export async function readStageJson<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await readText(path)) as T;
  } catch (cause) {
    throw new IngotError('HASH_MISMATCH', `${path} is damaged in the store: ${(cause as Error).message}`, {
      hint: remedy(dirname(path)),
      cause,
    });
  }
}

/** Refuses a file that is not what its stage made any more. */
export async function assertDigest(file: string, hash = hashFile): Promise<Digest> {
  const [made, now] = [await readDigest(dirname(file)), await digestOf(file, hash)];
  if (made.sha256 === now.sha256 && made.size === now.size) return now;
  throw new IngotError(
    'HASH_MISMATCH',
    `${basename(file)} is damaged in the store: ${file} has sha256 ${now.sha256}, but had ${made.sha256} when it was made`,
    { hint: remedy(dirname(file)) },
  );
}

function remedy(folder: string): string {
  return `rm -r ${folder}, then run the same command again`;
}

/** Reads the file once, streamed. */
export async function digestOf(file: string, hash = hashFile): Promise<Digest> {
  return { size: await fileSize(file), sha256: await hash(file) };
}
