import { unionOf } from '../model/hygiene.ts';
import type { RootEntry } from '../model/root-facts.ts';
import type { Expected } from './expected.ts';
import { allChecks } from './judge.ts';
import { asRoot, type Root } from './root.ts';

/** Test input: a root of these files by path and text; a text that begins with `->` makes a link. */
export function rootOf(files: { [path: string]: string }, expected: Partial<Expected> = {}): Root {
  const entries = Object.entries(files).map(([path, text]): RootEntry => {
    const to = text.startsWith('->') ? text.slice(2) : '';
    return { path, kind: to ? 'l' : 'f', mode: 0o644, uid: 0, gid: 0, size: text.length, mtime: 1e9, to };
  });
  const folders = new Set(entries.flatMap(({ path }) => above(path)));
  for (const path of folders)
    entries.push({ path, kind: 'd', mode: 0o755, uid: 0, gid: 0, size: 4096, mtime: 1e9, to: '' });
  const facts = {
    entries,
    texts: new Map(Object.entries(files)),
    attributes: [],
    matches: [],
    altered: [],
    owned: new Set<string>(),
  };
  return asRoot(facts, { ...nothing, ...expected });
}

/** Test input: paths at which one of the checks found something. */
export function foundBy(name: string, root: Root): string[] {
  const { find } = allChecks({}).find((check) => check.name === name)!;
  return find(root).map(({ path }) => path);
}

const nothing: Expected = {
  hostname: 'h',
  suite: 'suite',
  components: ['main'],
  people: [],
  mounts: [],
  overlay: [],
  sourceDateEpoch: 2e9,
  allowed: unionOf([]),
  modes: {},
  kernel: { image: 'boot/linux-*', initramfs: 'boot/initramfs-*' },
  packageDatabase: 'var/lib/packages',
};

function above(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
