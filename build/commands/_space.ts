import { formatBytes } from '../formats/text/size.ts';
import { exists } from '../host/fs/files.ts';
import { freeBytes } from '../host/fs/free-space.ts';
import { hasStage, type Store } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Image } from '../model/image.ts';
import type { Manifest, StageType } from '../model/types.ts';

/** How often a stage writes every model: a medium is put together in a folder first. */
const copies: { [type in StageType]?: number } = { models: 1, convert: 1, iso: 2 };

/**
 * Refuses a build that cannot fit: what is still to be fetched, and the models once more for each time that
 * they are still to be written. A lower bound, so that it never refuses what would fit.
 */
export async function requireSpace(image: Image, manifest: Manifest, store: Store): Promise<void> {
  if (await hasStage(store, manifest.stages.at(-1)!.inputs.artifact!)) return;
  const { tools, packages, models } = image.lock;
  const { source } = image.kernel ?? {};
  const sum = (items: { size: number }[]) => items.reduce((total, { size }) => total + size, 0);
  let needed = 0;
  for (const { sha256, size } of [
    ...tools,
    ...packages,
    ...models,
    ...(source?.packages ?? []),
    ...(source?.tools ?? []),
  ])
    if (!(await exists(store.file(sha256)))) needed += size;
  for (const stage of manifest.stages)
    if (!(await hasStage(store, stage.id))) needed += (copies[stage.type] ?? 0) * sum(models);
  const free = await freeBytes(store.folder);
  if (free >= needed) return;
  throw new IngotError(
    'DISK_FULL',
    `${manifest.output.fileName} needs at least ${formatBytes(needed)}, but there is no space left for it: only ${formatBytes(free)} are free at ${store.folder}`,
    { hint: 'free space or set INGOT_STORE to a larger file system, then run the same command again' },
  );
}
