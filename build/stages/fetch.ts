import { join } from 'node:path';
import { download } from '../host/download.ts';
import { exists, fileSize, hashFile, mapLimited } from '../host/files.ts';
import { keepFile, linkFile } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { LockedPackage } from '../model/types.ts';
import type { StageContext } from './context.ts';

const parallelDownloads = 8;

/** Locked packages by hash: from the store, else from the mirror. The result is a folder of hard links. */
export async function fetchStage(context: StageContext): Promise<void> {
  const packages = context.options.packages as unknown as LockedPackage[];
  const total = packages.reduce((sum, p) => sum + p.size, 0);
  let done = 0;
  const gone: string[] = [];
  await mapLimited(packages, parallelDownloads, async (locked) => {
    await obtain(locked, context).catch((error: IngotError) => {
      if (error.code !== 'LOCK_GONE') throw error;
      gone.push(`${locked.name} ${locked.version}`);
    });
    done += locked.size;
    context.progress.bytes(context.name, done, total);
  });
  if (gone.length)
    throw new IngotError('LOCK_GONE', `the mirror no longer has ${gone.sort().join(', ')}`, {
      hint: "run ingot lock <recipe> --update, or set INGOT_DEBIAN_MIRROR to a snapshot of the lock's date",
    });
}

async function obtain(locked: LockedPackage, context: StageContext): Promise<void> {
  const { store, scratch, output } = context;
  const stored = store.file(locked.sha256);
  if (!(await exists(stored))) {
    const to = join(scratch, locked.sha256);
    const url = `${await context.mirror()}/${locked.path}`;
    await download({ url, to, size: locked.size, sha256: locked.sha256 });
    await keepFile(store, to, locked.sha256);
  } else if ((await fileSize(stored)) !== locked.size || (await hashFile(stored)) !== locked.sha256) {
    throw new IngotError('HASH_MISMATCH', `${stored} is not ${locked.name} ${locked.version} any more`, {
      hint: `remove ${stored} and run the command again`,
    });
  }
  await linkFile(stored, join(output, locked.path.split('/').at(-1)!));
}
