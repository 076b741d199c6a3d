import { createWriteStream, type WriteStream } from 'node:fs';
import type { ProcessPromise } from 'zx/core';

/**
 * Appends all that a child says to a file, which the caller ends. When the file fails, as on a full disk,
 * Node.js stops reading what was piped to it, and a child with more to say would wait for ever: so it is read
 * on.
 */
export function logOutput(child: ProcessPromise, path: string): WriteStream {
  const file = createWriteStream(path, { flags: 'a' });
  for (const output of [child.stdout, child.stderr]) {
    output.pipe(file, { end: false });
    file.on('error', () => output.resume());
  }
  return file;
}
