import type { Progress } from '../host/progress.ts';
import { openStore, withTemporary } from '../host/store/store.ts';
import type { Lock, LockedModel } from '../model/lock.ts';
import { changeOf } from '../project/local-models.ts';
import { pinModel } from '../stages/obtain-model.ts';

/**
 * The lock with the local models that changed since it was written as they are now, and how each differs. All
 * else stays: what changed on the user's disk is no reason to take newer packages.
 */
export async function relockModels(
  lock: Lock,
  progress: Progress,
): Promise<{ lock: Lock; changes: string[] }> {
  const models: LockedModel[] = [];
  const changes: string[] = [];
  for (const model of lock.models) {
    const change = await changeOf(model);
    if (change) changes.push(`model ${model.name} (${model.source}) is locked again: ${change}`);
    models.push(change ? await pinned(model, progress) : model);
  }
  return { lock: { ...lock, models }, changes };
}

async function pinned({ name, source }: LockedModel, progress: Progress): Promise<LockedModel> {
  const store = await openStore();
  const sources = async () => ({ mirrors: [], offline: true });
  return withTemporary(store, async (scratch) => {
    const pin = await pinModel({ name, source }, { store, scratch, progress, sources });
    return { name, source, ...pin };
  });
}
