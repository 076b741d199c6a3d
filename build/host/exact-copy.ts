import { IngotError } from '../model/errors.ts';
import { copyHashed } from './blobs.ts';

/** Copies a file, streamed, and refuses it as HASH_MISMATCH when it is not the bytes expected; `hint` is the remedy. */
export async function copyExactly(
  from: string,
  to: string,
  { size, sha256, hint }: { size: number; sha256: string; hint: string },
): Promise<void> {
  const now = await copyHashed(from, to);
  if (now.sha256 === sha256 && now.size === size) return;
  throw new IngotError(
    'HASH_MISMATCH',
    `${from} has sha256 ${now.sha256} (${now.size} bytes), expected is ${sha256} (${size} bytes)`,
    { hint },
  );
}
