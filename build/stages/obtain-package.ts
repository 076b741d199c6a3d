import { join } from 'node:path';
import { describeMirror, type NamedMirror, parseMirror, snapshotOf } from '../formats/text/mirror.ts';
import { exists, fileSize, hashFile } from '../host/fs/files.ts';
import { isFolder } from '../host/fs/folders.ts';
import { download } from '../host/net/download.ts';
import type { Hints } from '../host/net/fault.ts';
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

export interface PackageObtainer {
  /**
   * Brings one locked package into the store and returns its path there, or undefined when every mirror
   * answers that it has no such file.
   */
  obtain(locked: LockedPackage): Promise<string | undefined>;
  /** The mirrors that something came from. */
  served: Set<NamedMirror>;
}

/** The mirrors are tried in order; one that is down is not asked again. */
export function packageObtainer(context: StageContext): PackageObtainer {
  const down = new Map<NamedMirror, IngotError>();
  const served = new Set<NamedMirror>();
  const { store, scratch, sources, sourceDateEpoch, options } = context;
  return {
    served,
    async obtain(locked) {
      const stored = store.file(locked.sha256);
      const other = underWay.get(stored);
      // Which may fail for a reason of its own.
      if (other) await other.catch(() => undefined);
      const brought = bringFromAny(locked, stored);
      underWay.set(stored, brought);
      return brought.finally(() => underWay.delete(stored));
    },
  };

  async function bringFromAny(locked: LockedPackage, stored: string): Promise<string | undefined> {
    if (await exists(stored)) return checked(stored, locked);
    const { mirrors, offline } = await sources(options.distro as DistroName);
    let wrong: IngotError | undefined;
    for (const [index, named] of mirrors.entries()) {
      const isServer = 'url' in parseMirror(named, '');
      if (down.has(named) || (offline && isServer)) continue;
      try {
        // Each mirror's part is its own: a cut body must not be completed with another mirror's bytes.
        const to = join(scratch, `${locked.sha256}.${index}`);
        await bring(named, snapshotOf(sourceDateEpoch), locked, to);
        await keepFile(store, to, locked.sha256);
        served.add(named);
        return stored;
      } catch (error) {
        const { code } = error as IngotError;
        if (code === 'MIRROR_DOWN' || code === 'PATH_UNUSABLE') down.set(named, error as IngotError);
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

async function bring(named: NamedMirror, moment: string, locked: LockedPackage, to: string): Promise<void> {
  const { path, size, sha256 } = locked;
  const mirror = parseMirror(named, moment);
  if ('url' in mirror) {
    await download({ url: `${mirror.url}/${path}`, to, size, sha256, hints: hintsFor(named) });
    return;
  }
  if (!(await isFolder(mirror.folder)))
    throw new IngotError('PATH_UNUSABLE', `${describeMirror(named)}: the folder is not there`, {
      hint: 'make it available, as by plugging the stick in, or name another mirror with --mirror',
    });
  const from = join(mirror.folder, path);
  if (!(await exists(from))) throw new IngotError('LOCK_GONE', `${from} does not exist`);
  const hint = `remove ${from} and write the folder again with ingot mirror`;
  await copyExactly(from, to, { size, sha256, hint });
}

function hintsFor({ givenBy }: NamedMirror): Hints {
  const other = `name another mirror with --mirror; this one is from ${givenBy}`;
  return {
    down: `check the network, or ${other}; what arrived so far is kept`,
    gone: 'name a mirror or snapshot that has it, or run ingot lock <recipe> --update',
    changed: `the server has other bytes than the lock: ${other}, or write a new lock with --update`,
  };
}
