import type { Root } from './root.ts';

/**
 * Every path that a package lists or a feature lays down, their folders, and links that alternatives make.
 */
export function ownedByPackages(root: Root): Set<string> {
  const owned = new Set<string>();
  for (const [path, text] of root.texts)
    if (/^var\/lib\/dpkg\/info\/.+\.list$/.test(path))
      for (const line of text.split('\n')) owned.add(merged(line));
  for (const path of root.expected.overlay) addWithFolders(owned, path);
  for (const [, , to] of diversions(root)) owned.add(merged(to));
  for (const { path, kind, to } of root.entries)
    if (kind === 'l' && (to.startsWith('/etc/alternatives/') || path.startsWith('etc/alternatives/')))
      owned.add(path);
  return owned;
}

/** Whether base or a feature say that a program makes a path. */
export function generatedPaths({ expected }: Root): (path: string) => boolean {
  const { generated } = expected.allowed;
  const patterns = Object.keys(generated)
    .filter((what) => what.startsWith('^'))
    .map((what) => new RegExp(what));
  return (path) => path in generated || patterns.some((pattern) => pattern.test(path));
}

/** Where a packaged path is after /bin, /sbin, /lib and /lib64 became links into /usr. */
function merged(line: string): string {
  return line.replace(/^\//, '').replace(/^(bin|sbin|lib|lib64)(?=\/)/, 'usr/$1');
}

function addWithFolders(owned: Set<string>, path: string): void {
  const parts = path.split('/');
  for (let depth = parts.length; depth > 0; depth--) owned.add(parts.slice(0, depth).join('/'));
}

/** `[from, to, package]` triples, as [package, from, to]. */
function diversions(root: Root): [string, string, string][] {
  const all = (root.texts.get('var/lib/dpkg/diversions') ?? '').trim().split('\n');
  return Array.from({ length: Math.floor(all.length / 3) }, (_, i) => [
    all[3 * i + 2]!,
    all[3 * i]!,
    all[3 * i + 1]!,
  ]);
}
