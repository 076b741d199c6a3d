import { join } from 'node:path';
import { type Mirror, parseMirror, snapshotOf } from '../formats/text/mirror.ts';
import { exists, fileSize, hashFile } from '../host/fs/files.ts';
import { download } from '../host/net/download.ts';
import { copyExactly } from '../host/store/exact-copy.ts';
import { keepFile } from '../host/store/store.ts';
import type { DistroName } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { LockedPackage } from '../model/lock.ts';
import type { StageContext } from './context.ts';

/**
 * What is being brought, by its path in a store: an image and the tools tree, fetched at once, have packages
 * in common.
 */
const underWay = new Map<string, Promise<string | undefined>>();

/**
 * Gives a function that brings one locked package into the store and returns its path there, or undefined
 * when every mirror answers that it has no such file. The mirrors are tried in order; one that is down is not
 * asked again.
 */
export function packageObtainer(
  context: StageContext,
): (locked: LockedPackage) => Promise<string | undefined> {
  const down = new Map<string, IngotError>();
  const { store, scratch, sources, sourceDateEpoch, options } = context;
  return async (locked) => {
    const stored = store.file(locked.sha256);
    const other = underWay.get(stored);
    // Which may fail for a reason of its own.
    if (other) await other.catch(() => undefined);
    const brought = obtain(locked, stored);
    underWay.set(stored, brought);
    return brought.finally(() => underWay.delete(stored));
  };

  async function obtain(locked: LockedPackage, stored: string): Promise<string | undefined> {
    if (await exists(stored)) return checked(stored, locked);
    const { mirrors, offline } = await sources(options.distro as DistroName);
    let wrong: IngotError | undefined;
    for (const [index, name] of mirrors.entries()) {
      const mirror = parseMirror(name, snapshotOf(sourceDateEpoch));
      if (down.has(name) || (offline && 'url' in mirror)) continue;
      try {
        // Each mirror's part is its own: a cut body must not be completed with another mirror's bytes.
        const to = join(scratch, `${locked.sha256}.${index}`);
        await bring(mirror, locked, to);
        await keepFile(store, to, locked.sha256);
        return stored;
      } catch (error) {
        const { code } = error as IngotError;
        if (code === 'MIRROR_DOWN') down.set(name, error as IngotError);
        else if (code === 'HASH_MISMATCH') wrong = error as IngotError;
        else if (code !== 'LOCK_GONE') throw error;
      }
    }
    if (wrong) throw wrong;
    // A mirror that does not answer may well have it.
    if (down.size) throw [...down.values()][0];
    return undefined;
  }
}

async function checked(stored: string, locked: LockedPackage): Promise<string> {
  if ((await fileSize(stored)) === locked.size && (await hashFile(stored)) === locked.sha256) return stored;
  throw new IngotError(
    'HASH_MISMATCH',
    `${stored} no longer has the hash of ${locked.name} ${locked.version}`,
    {
      hint: `remove ${stored} and run the command again`,
    },
  );
}

async function bring(mirror: Mirror, locked: LockedPackage, to: string): Promise<void> {
  const { path, size, sha256 } = locked;
  if ('url' in mirror) {
    await download({ url: `${mirror.url}/${path}`, to, size, sha256 });
    return;
  }
  const from = join(mirror.folder, path);
  if (!(await exists(from))) throw new IngotError('LOCK_GONE', `${from} does not exist`);
  const hint = `remove ${from} and write the folder again with ingot mirror`;
  await copyExactly(from, to, { size, sha256, hint });
}
