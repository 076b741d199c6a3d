import type { RootEntry, RootFacts } from '../model/root-facts.ts';
import type { Violation } from './check.ts';
import type { Expected } from './expected.ts';

/** A root's facts with look-ups, and what the recipe asked for. */
export interface Root extends RootFacts {
  expected: Expected;
  at: Map<string, RootEntry>;
}

export function asRoot(facts: RootFacts, expected: Expected): Root {
  return { ...facts, expected, at: new Map(facts.entries.map((entry) => [entry.path, entry])) };
}

/** Everything below a folder, the folder itself left out. */
export function under(root: Root, folder: string): RootEntry[] {
  return root.entries.filter(({ path }) => path.startsWith(`${folder}/`));
}

/** Everything whose path matches. */
export function named(root: Root, pattern: RegExp): RootEntry[] {
  return root.entries.filter(({ path }) => pattern.test(path));
}

/** What matches and is not a file whose text was read: checks that read texts would miss what it says. */
export function notPlain(root: Root, pattern: RegExp): Violation[] {
  return present(named(root, pattern).filter(({ path, kind }) => kind !== 'd' && !root.texts.has(path)));
}

/** Lines of a text that say something: no comments, none empty. */
export function lines(text: string | undefined): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !/^[#;]/.test(line));
}

/** Lines of all small files whose path matches, each with its path. */
export function linesOf(root: Root, pattern: RegExp): { path: string; line: string }[] {
  return [...root.texts]
    .filter(([path]) => pattern.test(path))
    .flatMap(([path, text]) => lines(text).map((line) => ({ path, line })));
}

/** Records of a file such as etc/passwd, split at their colons. */
export function records(root: Root, path: string): string[][] {
  return lines(root.texts.get(path)).map((line) => line.split(':'));
}

/** What a path means after all links are followed inside the root; undefined when it leads nowhere. */
export function follow(root: Root, path: string, depth = 0): RootEntry | undefined {
  if (depth > 40) return undefined;
  const left = path.split('/');
  let current = '';
  while (left.length) {
    const name = left.shift()!;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      current = current.split('/').slice(0, -1).join('/');
      continue;
    }
    const next = current ? `${current}/${name}` : name;
    const entry = root.at.get(next);
    if (!entry) return undefined;
    if (entry.kind === 'l') {
      const base = entry.to.startsWith('/') ? '' : current;
      return follow(root, [base, entry.to, ...left].join('/'), depth + 1);
    }
    current = next;
  }
  return root.at.get(current);
}

/** `4755 0:42`: how an entry is shown in a violation. */
export function shown({ mode, uid, gid }: RootEntry): string {
  return `${mode.toString(8).padStart(4, '0')} ${uid}:${gid}`;
}

/** Violations that say of each entry what it is. */
export function each(entries: RootEntry[], found: (entry: RootEntry) => string) {
  return entries.map((entry) => ({ path: entry.path, found: found(entry) }));
}

/** The mere presence of an entry, told by its size or where it points. */
export function present(entries: RootEntry[]) {
  const kinds = { f: 'file', d: 'folder', c: 'device', b: 'device', p: 'pipe', s: 'socket' };
  return each(entries, (entry) =>
    entry.kind === 'l' ? `link to ${entry.to}` : `${kinds[entry.kind]} of ${entry.size} bytes`,
  );
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
