import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { freshFolder, inNewFolder } from '../host/fs/scratch.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { openStore } from '../host/store/store.ts';
import type { IngotError } from '../model/errors.ts';
import type { LockedPackage } from '../model/lock.ts';
import { lockedPackage } from '../schema/fixture.ts';
import type { Sources } from './context.ts';
import { fetchStage } from './fetch.ts';

/** What the tests of fetching share: one package, a folder that has it, a store that has not. */
export const { folder, remove } = await inNewFolder('fetch', async (folder, remove) => ({ folder, remove }));
process.env.INGOT_STORE = join(folder, 'store');
afterAll(remove);

export const body = Buffer.from('the bytes of a package');
export const sha256 = createHash('sha256').update(body).digest('hex');
export const zstd: LockedPackage = { ...lockedPackage('zstd'), size: body.length, sha256 };
export const bundle = join(folder, 'bundle with space');
await writeFiles(bundle, { [zstd.path]: body.toString() });

export const store = await openStore();
export const output = join(folder, 'output');
const scratch = join(folder, 'scratch');
beforeEach(async () => {
  for (const path of [output, scratch, join(store.folder, 'files')]) await freshFolder(path);
});

/** Fetches from these mirrors; returns the error that it ends with, if any. */
export async function fetchFrom(
  { mirrors, offline }: { mirrors: string[]; offline: boolean },
  packages = [zstd],
  to = output,
): Promise<IngotError | undefined> {
  const quiet = { begin: () => () => {}, bytes: () => {}, note: () => {}, data: () => {} };
  const options = { packages: packages as never };
  const sources: Sources = { mirrors: mirrors.map((place) => ({ place, givenBy: 'M' })), offline };
  const context = {
    options,
    inputs: {},
    output: to,
    scratch,
    log: '',
    store,
    progress: quiet,
    name: 'fetch image',
    sourceDateEpoch: Date.UTC(2026, 9, 30, 8, 8, 1) / 1000,
    sources: async () => sources,
    jobs: 1,
  };
  return fetchStage(context).then(
    () => undefined,
    (error) => error,
  );
}
export const from = (...mirrors: string[]) => fetchFrom({ mirrors, offline: false });
