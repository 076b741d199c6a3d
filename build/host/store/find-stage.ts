import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../fs/files.ts';
import type { Store } from './store.ts';

/** Folder of the stage used last that has this path; undefined when none has. */
export async function stageWith(store: Store, path: string): Promise<string | undefined> {
  const folders = (await readdir(join(store.folder, 'stages'))).map((id) => store.stage(id));
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await exists(join(folder, path))) ? [{ folder, used: (await stat(folder)).mtimeMs }] : [],
    ),
  );
  return found.flat().sort((a, b) => b.used - a.used)[0]?.folder;
}
