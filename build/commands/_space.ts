import { formatBytes } from '../formats/size.ts';
import { exists } from '../host/files.ts';
import { freeBytes } from '../host/free-space.ts';
import { hasStage, type Store } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Image, Manifest } from '../model/types.ts';

/**
 * Refuses a build that cannot fit: what is still to be fetched, and each model four times over (in the store, in its
 * file system, in the medium's folder, in the image). A lower bound, so that it never refuses what would fit.
 */
export async function requireSpace(image: Image, manifest: Manifest, store: Store): Promise<void> {
  if (await hasStage(store, manifest.stages.at(-1)!.inputs.artifact!)) return;
  const { lock } = image;
  const present = await Promise.all(
    [...lock.tools, ...lock.packages].map(({ sha256 }) => exists(store.file(sha256))),
  );
  const missing = [...lock.tools, ...lock.packages].filter((_, index) => !present[index]);
  const sum = (items: { size: number }[]) => items.reduce((total, { size }) => total + size, 0);
  const needed = sum(missing) + 4 * sum(lock.models);
  const free = await freeBytes(store.folder);
  if (free >= needed) return;
  throw new IngotError(
    'DISK_FULL',
    `${manifest.output.fileName} needs at least ${formatBytes(needed)}, and there is no space left for it: ${formatBytes(free)} are free at ${store.folder}`,
    { hint: 'free space or set INGOT_STORE to a larger file system, then run the same command again' },
  );
}
