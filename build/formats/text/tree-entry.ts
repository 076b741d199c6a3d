import type { TreeEntry } from '../../model/types.ts';

/** A plain text file of root's in a rendered tree, which everybody may read. */
export function textEntry(path: string, content: string): TreeEntry & { kind: 'file' } {
  return { path, mode: 0o644, uid: 0, gid: 0, kind: 'file', content };
}
