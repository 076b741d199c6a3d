import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { assertInner } from '../../formats/text/inner-path.ts';
import type { Tree } from '../../model/types.ts';

/**
 * A rendered tree as a tar stream, which carries modes and owners that an unprivileged file system cannot.
 * All times are `sourceDateEpoch`, in seconds since 1970. Artifact entries are left out: a stage puts them in
 * place.
 */
export function tarOf(tree: Tree, sourceDateEpoch: number): Readable {
  const archive = pack();
  for (const entry of tree) {
    const { path: name, mode, uid, gid } = entry;
    assertInner(name);
    const header = { name, mode, uid, gid, mtime: new Date(sourceDateEpoch * 1000) };
    if (entry.kind === 'file') archive.entry(header, entry.content);
    else if (entry.kind === 'directory') archive.entry({ ...header, type: 'directory' });
    else if (entry.kind === 'symlink') archive.entry({ ...header, type: 'symlink', linkname: entry.to });
  }
  archive.finalize();
  return archive as unknown as Readable;
}

/** The same as a file. */
export async function writeTar(tree: Tree, sourceDateEpoch: number, path: string): Promise<void> {
  await pipeline(tarOf(tree, sourceDateEpoch), createWriteStream(path));
}
