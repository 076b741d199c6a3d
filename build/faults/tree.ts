import { createHash } from 'node:crypto';
import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultStore } from './fault-store.ts';

/** What differs between a stage's tree and the undisturbed build's. */
export function otherTree(place: FaultStore, name: string, id: string): string[] {
  const there = place.seen(join(place.store, 'stages', id));
  if (!existsSync(there)) return [];
  const good = treeOf(join(place.source, 'stages', id), '');
  const made = treeOf(there, '');
  const paths = [...new Set([...good.keys(), ...made.keys()])].filter((path) => !bornHere.test(path));
  const differs = (path: string) => {
    const [a, b] = [good.get(path), made.get(path)];
    if (!a || !b || a.facts !== b.facts) return true;
    // Hard links of one file need no reading.
    return a.file !== undefined && a.inode !== b.inode && hashOf(a.file) !== hashOf(b.file!);
  };
  return paths
    .filter(differs)
    .slice(0, 5)
    .map((path) => `stage ${name}: ${path}`);
}

/**
 * Files that each run of a stage makes differently, and that no later stage hands on: keys of sshd, a
 * Release's date.
 */
const bornHere = /^(root\/etc\/ssh\/ssh_host_|dists\/[^/]+\/Release$)/;

interface Node {
  facts: string;
  file?: string;
  inode: number;
}

function treeOf(folder: string, path: string, found = new Map<string, Node>()): Map<string, Node> {
  for (const name of namesIn(join(folder, path))) {
    const below = path ? `${path}/${name}` : name;
    const full = join(folder, below);
    const { mode, size, uid, gid, ino } = lstatSync(full);
    const kind = mode & 0o170000;
    const facts = `${mode.toString(8)} ${uid}:${gid}`;
    if (kind === 0o040000) {
      found.set(below, { facts, inode: ino });
      treeOf(folder, below, found);
    } else if (kind === 0o120000) found.set(below, { facts: `${facts} ${readlinkSync(full)}`, inode: ino });
    else if (kind === 0o100000) found.set(below, { facts: `${facts} ${size}`, file: full, inode: ino });
    else found.set(below, { facts, inode: ino });
  }
  return found;
}

/** Facts of every entry that would change if somebody wrote to it. */
export function entriesOf(place: FaultStore): Map<string, string> {
  const store = place.seen(place.store);
  const found = new Map<string, string>();
  const walk = (path: string, entries: Dirent[]) => {
    for (const entry of entries) {
      const below = `${path}/${entry.name}`;
      const { mode, size, mtimeMs, ino } = lstatSync(`${store}/${below}`);
      const times = entry.isDirectory() ? '' : ` ${size} ${mtimeMs}`;
      found.set(below, `${ino} ${mode.toString(8)}${times}`);
      if (entry.isDirectory()) walk(below, readdirSync(`${store}/${below}`, { withFileTypes: true }));
    }
  };
  for (const kind of ['files', 'stages'])
    if (existsSync(join(store, kind))) walk(kind, readdirSync(join(store, kind), { withFileTypes: true }));
  return found;
}

/** Names in a folder, sorted; none when it does not exist. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
