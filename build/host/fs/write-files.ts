import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from './folders.ts';

/** Writes small text files below a folder, making the folders they need. */
export async function writeFiles(
  folder: string,
  files: { [path: string]: string | Uint8Array },
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await makeFolder(dirname(join(folder, path)));
    await writeFile(join(folder, path), content);
  }
}
