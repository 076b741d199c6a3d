import { join } from 'node:path';
import { formatBytes } from '../formats/text/size.ts';
import { builtinModel } from '../gguf/builtin.ts';
import { fileSize } from '../host/fs/files.ts';
import { hashChunks } from '../host/store/blobs.ts';
import { knownHash } from '../host/store/known-hash.ts';
import { openStore } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedModel } from '../model/lock.ts';
import type { ModelUse } from '../model/models.ts';
import { localModel, sourceKind } from '../stages/model-source.ts';

/**
 * Facts that pin models named on the command line: what is at hand is read now, the rest must be in the lock.
 */
export async function pinModels(models: ModelUse[], lock: Lock): Promise<LockedModel[]> {
  return Promise.all(
    models.map(async (model) => {
      const locked = lock.models.find(({ source }) => source === model.source);
      if (locked) return { ...locked, name: model.name };
      const kind = sourceKind(model);
      if (kind === 'builtin') return { ...model, ...hashChunks(builtinModel(model.source)!.make()) };
      if (kind === 'file') return { ...model, ...(await pinOf(await localModel(model))) };
      throw new IngotError('LOCK_STALE', `model ${model.source} is not in the lock`, {
        hint: `ingot lock ${lock.recipe} --model ${model.source} --lock my.lock.json, then build with the same options`,
      });
    }),
  );
}

/** Refuses a local model that is not what was locked: the locked content in the store would be taken. */
export async function assertAsLocked(models: LockedModel[], lockAgain: string): Promise<void> {
  for (const model of models) {
    const change = await changeOf(model);
    if (change)
      throw new IngotError(
        'LOCK_STALE',
        `model ${model.name}: ${model.source} changed after it was locked: ${change}`,
        {
          hint: `${lockAgain} locks it as it is now; or put the locked file back`,
        },
      );
  }
}

/** How a local file differs from what is locked; undefined when it does not, or the model is no file. */
export async function changeOf(model: LockedModel): Promise<string | undefined> {
  if (sourceKind(model) !== 'file') return undefined;
  const path = await localModel(model);
  const size = await fileSize(path);
  if (size !== model.size) return `it has ${formatBytes(size)} (${size} bytes) and had ${model.size} bytes`;
  const { sha256 } = await pinOf(path);
  return sha256 === model.sha256 ? undefined : `its sha256 is ${sha256} and was ${model.sha256}`;
}

/** Reads the file, unless its size, times and place say that it is as it was when it was last read. */
async function pinOf(path: string): Promise<{ size: number; sha256: string }> {
  const notes = join((await openStore()).folder, 'hashes');
  return { size: await fileSize(path), sha256: await knownHash(path, notes) };
}
