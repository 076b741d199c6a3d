import { basename, join } from 'node:path';
import { replaceFile } from '../host/fs/atomic.ts';
import { exists, fileSize, hashFile } from '../host/fs/files.ts';
import { copyExactly } from '../host/store/exact-copy.ts';
import { discardFiles, type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Image } from '../model/image.ts';
import type { LockedPackage } from '../model/lock.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { executeStage } from '../stages/execute.ts';
import type { Execution } from '../stages/execute-one.ts';
import { sourceKind } from '../stages/model-source.ts';
import { bundledModel, obtainModel } from '../stages/obtain-model.ts';
import { readStageCode } from './stage-code.ts';

/** One file of a folder that serves as a mirror: its path there, and what it must hold. */
export interface BundleFile {
  path: string;
  size: number;
  sha256: string;
}

/**
 * Every file that builds would fetch. What Ingot synthesises, and what lies in the checkout, is not from
 * elsewhere.
 */
export function bundleOf(images: Image[]): BundleFile[] {
  const locks = images.map(({ lock }) => lock);
  const kernels = images.flatMap(({ kernel }) => kernel?.source ?? []);
  const models = locks.flatMap((lock) => lock.models).filter((model) => sourceKind(model) === 'url');
  const files = [
    ...[...locks, ...kernels]
      .flatMap(({ packages, tools }) => [...packages, ...tools])
      .map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    ...models.map(({ size, sha256 }) => ({ path: bundledModel(sha256), size, sha256 })),
  ];
  return [...new Map(files.map((file) => [file.path, file])).values()].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

/**
 * Fetches what the store lacks of a bundle and writes all of it to a folder; returns how many files were new
 * there.
 */
export async function writeBundle(images: Image[], folder: string, execution: Execution): Promise<number> {
  const { store } = execution;
  /**
   * Where the store has each file, by hash: a package is where its stage was made, for `gc` may part it from
   * `files`.
   */
  const sources = new Map<string, string>();
  for (const image of images) {
    const manifest = resolveManifest(image, await readStageCode());
    for (const stage of manifest.stages.filter(({ type }) => type === 'fetch')) {
      const fetched = await executeStage(manifest, stage.id, execution);
      for (const { path, sha256 } of stage.options.packages as unknown as LockedPackage[])
        sources.set(sha256, join(fetched, basename(path)));
    }
    await withTemporary(store, async (scratch) => {
      for (const model of image.lock.models)
        if (sourceKind(model) === 'url')
          sources.set(model.sha256, await obtainModel(model, { ...execution, scratch }));
    });
  }
  let written = 0;
  for (const file of bundleOf(images))
    if (await place(file, sources.get(file.sha256)!, folder, store)) written++;
  return written;
}

/** Copies one file unless the folder has it; whole and undamaged, or not at all. */
async function place(
  { path, ...expected }: BundleFile,
  from: string,
  folder: string,
  store: Store,
): Promise<boolean> {
  const { size, sha256 } = expected;
  const to = join(folder, path);
  if ((await exists(to)) && (await fileSize(to)) === size && (await hashFile(to)) === sha256) return false;
  const hint = 'it was removed from the store; run the same command again to fetch it';
  await replaceFile(to, async (temporary) => {
    try {
      await copyExactly(from, temporary, { ...expected, hint });
    } catch (error) {
      if (error instanceof IngotError && error.code === 'HASH_MISMATCH') await discardFiles(store, [from]);
      throw error;
    }
  });
  return true;
}
