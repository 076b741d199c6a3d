import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { hashFile, readJson, writeAtomic } from '../fs/files.ts';

/** Of a file that was just written, the next write may bear the same time: file systems count in ticks. */
const settledMilliseconds = 2000;

/**
 * SHA-256 of a large file of the user's, kept in `folder` for as long as nothing tells of a change: not its
 * place, size, time of writing, nor the time of its inode, which nobody can set. What an image is made of is
 * read and hashed anyway.
 */
export async function knownHash(path: string, folder: string): Promise<string> {
  const note = join(folder, sha256(path));
  const before = await identityOf(path);
  const known = await readJson<{ identity: string; sha256: string }>(note).catch(() => undefined);
  if (known?.identity === before.text) return known.sha256;
  const hash = await hashFile(path);
  const after = await identityOf(path);
  if (after.text === before.text && Date.now() - after.changed > settledMilliseconds)
    await writeAtomic(note, JSON.stringify({ identity: after.text, sha256: hash }));
  return hash;
}

async function identityOf(path: string): Promise<{ text: string; changed: number }> {
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await stat(path, { bigint: true });
  return { text: [dev, ino, size, mtimeNs, ctimeNs].join(' '), changed: Number(ctimeMs) };
}
