import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, timeOf } from '../fs/files.ts';
import type { Store } from './store.ts';

/** Path of the stage that has a file, of several the one that was used last; undefined when there is none. */
export async function lastStageWith(store: Store, file: string): Promise<string | undefined> {
  const folders = (await readdir(join(store.folder, 'stages'))).map((id) => store.stage(id));
  const there = await Promise.all(folders.map((folder) => exists(join(folder, file))));
  const found = folders.filter((_, index) => there[index]);
  const times = await Promise.all(found.map(timeOf));
  return found[times.indexOf(Math.max(...times))];
}
