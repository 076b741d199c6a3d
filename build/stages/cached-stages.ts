import { hasStage, type Store } from '../host/store/store.ts';
import type { Manifest, Stage } from '../model/types.ts';

/** Which stages are in the store already, in manifest order. */
export async function cachedStages(
  manifest: Manifest,
  store: Store,
): Promise<{ stage: Stage; cached: boolean }[]> {
  return Promise.all(
    manifest.stages.map(async (stage) => ({ stage, cached: await hasStage(store, stage.id) })),
  );
}
