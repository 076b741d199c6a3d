import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../fs/files.ts';
import { run } from '../run/command.ts';
import { discard } from './discard.ts';
import type { Store } from './store.ts';
import { othersBegan } from './users.ts';

export interface Bounds {
  /** What was not used for so many days goes. */
  days: number;
  /** Then what was not used for the longest time goes, until the store has no more bytes than this. */
  maxBytes?: number;
}

export interface Entry {
  path: string;
  usedAt: Date;
}

export interface Collected {
  removed: Entry[];
  /**
   * Room that this gives back on the disk: a file with another name outside the store still takes its own.
   */
  freedBytes: number;
  /** What the store takes afterwards. */
  storeBytes: number;
  /** Entries that a running command may use: they are kept, whatever the bounds are. */
  inUse: number;
}

/**
 * Removes what is out of bounds, oldest first, and never what another process may be using; or says what it
 * would.
 */
export async function collectGarbage(
  store: Store,
  { days, maxBytes = Number.POSITIVE_INFINITY }: Bounds,
  { dryRun = false } = {},
): Promise<Collected> {
  const began = await othersBegan(store);
  const entries = await entriesOf(store);
  const usage = new Usage();
  for (const { path } of entries) await usage.add(path);
  const limit = Date.now() - days * 86_400_000;
  const result: Collected = { removed: [], freedBytes: 0, storeBytes: usage.bytes, inUse: 0 };
  for (const entry of entries) {
    if (entry.usedAt.getTime() > limit && usage.bytes <= maxBytes) break;
    if (inUse(store, entry, began) || (await usedSince(store, entry))) {
      result.inUse++;
      continue;
    }
    if (!dryRun) await discard(store, entry.path);
    result.removed.push(entry);
    result.freedBytes += usage.remove(entry.path);
  }
  return { ...result, storeBytes: usage.bytes };
}

const kinds = ['files', 'stages', 'hashes', 'partial', 'logs'];

/** Everything that can be removed and made or fetched again, by the time of its last use. */
async function entriesOf(store: Store): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const kind of kinds)
    for (const name of await readdir(join(store.folder, kind))) {
      const path = join(store.folder, kind, name);
      const usedAt = await lastUse(store, path);
      if (usedAt) found.push({ path, usedAt });
    }
  return found.sort((a, b) => a.usedAt.getTime() - b.usedAt.getTime());
}

/**
 * A stage is marked when it is used; looking into its folder, as is done here, changes the time of access
 * alone.
 */
async function lastUse(store: Store, path: string): Promise<Date | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  if (isStage(store, path)) return found.mtime;
  return new Date(Math.max(found.mtimeMs, found.atimeMs));
}

/**
 * A build marks a stage when it begins to use it; of a file, which it may link at any moment, nothing tells.
 */
function inUse(store: Store, { path, usedAt }: Entry, began?: number): boolean {
  return began !== undefined && (!isStage(store, path) || usedAt.getTime() >= began);
}

/** A build may have begun meanwhile. */
async function usedSince(store: Store, { path, usedAt }: Entry): Promise<boolean> {
  return (await lastUse(store, path))?.getTime() !== usedAt.getTime();
}

const isStage = (store: Store, path: string) => path.startsWith(join(store.folder, 'stages/'));

interface Inode {
  bytes: number;
  /** All of its names, and those of them in entries that are still there. */
  links: number;
  here: number;
}

/** What entries take on the disk; a file that has several names is counted once. */
class Usage {
  bytes = 0;
  readonly #inodes = new Map<string, Inode>();
  /** The names that each entry has of each inode that has more than one. */
  readonly #shared = new Map<string, string[]>();
  readonly #own = new Map<string, number>();

  async add(path: string): Promise<void> {
    const shared: string[] = [];
    let own = 0;
    for (const { inode, links, bytes } of await inodesOf(path)) {
      if (links === 1) own += bytes;
      else {
        const known = this.#inodes.get(inode) ?? { bytes, links, here: 0 };
        if (!known.here++) this.bytes += bytes;
        this.#inodes.set(inode, known);
        shared.push(inode);
      }
    }
    this.bytes += own;
    this.#own.set(path, own);
    this.#shared.set(path, shared);
  }

  /** Returns what the disk gets back. */
  remove(path: string): number {
    let freed = this.#own.get(path) ?? 0;
    this.bytes -= freed;
    for (const inode of this.#shared.get(path) ?? []) {
      const known = this.#inodes.get(inode)!;
      if (!--known.here) this.bytes -= known.bytes;
      if (!--known.links) freed += known.bytes;
    }
    return freed;
  }
}

async function inodesOf(path: string): Promise<{ inode: string; links: number; bytes: number }[]> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return [];
  const blockBytes = 512;
  if (!found.isDirectory())
    return [{ inode: String(found.ino), links: found.nlink, bytes: found.blocks * blockBytes }];
  // Node.js takes a minute for what find lists of a store in a few seconds.
  const listed = await run(['find', path, '-printf', '%y %i %n %b\\n']).catch(async (error) => {
    // Another command may have removed it meanwhile.
    if (await exists(path)) throw error;
    return '';
  });
  return listed
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [type, inode, links, blocks] = line.split(' ') as [string, string, string, string];
      // A folder has a link for each of its subfolders.
      return { inode, links: type === 'd' ? 1 : Number(links), bytes: Number(blocks) * blockBytes };
    });
}
