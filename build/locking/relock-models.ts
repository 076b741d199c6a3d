import { type Store, withTemporary } from '../host/store/store.ts';
import type { Lock, LockedModel } from '../model/lock.ts';
import { changeOf } from '../project/local-models.ts';
import { type ObtainContext, pinModel } from '../stages/obtain-model.ts';

/**
 * The lock with the local models that changed since it was written as they are now, and how each differs. All
 * else stays: what changed on the user's disk is no reason to take newer packages.
 */
export async function relockModels(
  lock: Lock,
  context: Omit<ObtainContext, 'scratch' | 'store'> & { store: () => Promise<Store> },
): Promise<{ lock: Lock; changes: string[] }> {
  const models: LockedModel[] = [];
  const changes: string[] = [];
  for (const model of lock.models) {
    const change = await changeOf(model);
    if (change) changes.push(`model ${model.name} (${model.source}) is locked again: ${change}`);
    models.push(change ? await pinned(model, { ...context, store: await context.store() }) : model);
  }
  return { lock: { ...lock, models }, changes };
}

async function pinned(
  { name, source }: LockedModel,
  context: Omit<ObtainContext, 'scratch'>,
): Promise<LockedModel> {
  return withTemporary(context.store, async (scratch) => ({
    name,
    source,
    ...(await pinModel({ name, source }, { ...context, scratch })),
  }));
}
