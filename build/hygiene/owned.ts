import type { Root } from './root.ts';

/** Every path that a package owns or a feature lays down, with their folders. */
export function ownedPaths({ owned, expected }: Root): Set<string> {
  return new Set([...owned, ...expected.overlay.flatMap(withFolders)]);
}

/** Whether base or a feature say that a program makes a path. */
export function generatedPaths({ expected }: Root): (path: string) => boolean {
  const { generated } = expected.allowed;
  const patterns = Object.keys(generated)
    .filter((what) => what.startsWith('^'))
    .map((what) => new RegExp(what));
  return (path) => path in generated || patterns.some((pattern) => pattern.test(path));
}

/** `a/b` → `a`, `a/b`. */
function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
