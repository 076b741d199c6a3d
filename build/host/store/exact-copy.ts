import { link } from 'node:fs/promises';
import { IngotError } from '../../model/errors.ts';
import { fileSize, hashFile } from '../fs/files.ts';
import { copyHashed } from './blobs.ts';

export interface Expected {
  size: number;
  sha256: string;
  /** The remedy where it is something else. */
  hint: string;
}

/** Copies a file, streamed, and refuses it as HASH_MISMATCH when it is not the bytes expected. */
export async function copyExactly(from: string, to: string, expected: Expected): Promise<void> {
  assertExpected(from, await copyHashed(from, to), expected);
}

/**
 * Gives a file another name where both are on one file system, and copies it where they are not; says whether
 * it is a name. The file is read for its hash all the same, unless it was `made` a moment ago with the one
 * expected.
 */
export async function linkExactly(
  from: string,
  to: string,
  { made, ...expected }: Expected & { made: boolean },
): Promise<boolean> {
  const linked = await link(from, to).then(
    () => true,
    () => false,
  );
  if (!linked) await copyExactly(from, to, expected);
  else if (!made) assertExpected(from, { size: await fileSize(to), sha256: await hashFile(to) }, expected);
  return linked;
}

function assertExpected(
  from: string,
  now: { size: number; sha256: string },
  { size, sha256, hint }: Expected,
): void {
  if (now.sha256 === sha256 && now.size === size) return;
  throw new IngotError(
    'HASH_MISMATCH',
    `${from} has sha256 ${now.sha256} (${now.size} bytes) instead of ${sha256} (${size} bytes)`,
    { hint },
  );
}
