import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownName } from '../fs/owner.ts';
import type { Store } from './store.ts';

/** Removes an entry; it is renamed first, so that an entry under its own name is always complete. */
export async function discard(store: Store, path: string): Promise<void> {
  const away = join(store.folder, 'temporary', `${ownName()}-${randomBytes(4).toString('hex')}`);
  try {
    await rename(path, away);
  } catch (error) {
    // Another process was first.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await removeFolder(away);
}

export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
