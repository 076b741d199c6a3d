import { join } from 'node:path';
import { fileSize, hashFile, mapLimited } from '../host/fs/files.ts';
import { discardFiles, type Store } from '../host/store/store.ts';
import { IngotError, shortList } from '../model/errors.ts';
import type { LockedPackage } from '../model/lock.ts';

/**
 * Refuses packages that are not the locked bytes any more since they were fetched. Each is hashed again right
 * before it is used; a damaged one leaves the store with all stages that link it.
 */
export async function assertLocked(
  packages: LockedPackage[],
  { folder, store }: { folder: string; store: Store },
): Promise<void> {
  const damaged = new Map<string, string>();
  await mapLimited(packages, 8, async (locked) => {
    const file = join(folder, locked.path.split('/').at(-1)!);
    if ((await fileSize(file)) === locked.size && (await hashFile(file)) === locked.sha256) return;
    damaged.set(file, `${locked.name} ${locked.version} (${file}, not ${locked.sha256} any more)`);
  });
  if (!damaged.size) return;
  await discardFiles(store, [...damaged.keys()]);
  throw new IngotError('HASH_MISMATCH', `damaged in the store: ${shortList([...damaged.values()].sort())}`, {
    hint: 'it was removed from the store; run the same command again to fetch it',
  });
}
