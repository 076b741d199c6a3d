/** One name in a root tree. */
export interface RootEntry {
  /** Relative to the root, without a leading slash; the root itself is the empty path. */
  path: string;
  /** As find(1) names it: file, directory, link, character and block device, pipe, socket. */
  kind: 'f' | 'd' | 'l' | 'c' | 'b' | 'p' | 's';
  /** Permission bits, set-uid, set-gid and sticky among them. */
  mode: number;
  uid: number;
  gid: number;
  /** In bytes. */
  size: number;
  /** Seconds since 1970. */
  mtime: number;
  /** Where a link points. */
  to: string;
}

/** What was read of a root tree: enough to judge it without touching it again. */
export interface RootFacts {
  entries: RootEntry[];
  /** Small files by path: configuration, units, the package manager's state. */
  texts: Map<string, string>;
  /** Extended attributes: capabilities, access lists. */
  attributes: { path: string; name: string }[];
  /** Pieces of text files that matched the patterns asked for. */
  matches: { path: string; text: string }[];
  /** Files that differ from what their package brought, and how the package manager says it. */
  altered: { path: string; how: string }[];
  /** Paths that packages own, folders among them. */
  owned: Set<string>;
}
