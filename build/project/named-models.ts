import { join, resolve } from 'node:path';
import { synthesiseSmokeModel } from '../gguf/synthesise.ts';
import { fileSize } from '../host/fs/files.ts';
import { hashChunks } from '../host/store/blobs.ts';
import { knownHash } from '../host/store/known-hash.ts';
import { openStore } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedModel } from '../model/lock.ts';
import type { ModelUse } from '../model/types.ts';
import { localModel, sourceKind } from '../stages/model-source.ts';

/** `/models/Qwen3-4B-Q4_K_M.gguf` → a model named `qwen3-4b-q4_k_m`. */
export function modelFromSource(source: string): { name: string; source: string } {
  const last = source.split(/[/:]/).at(-1)!.split('?')[0]!;
  const name = last
    .replace(/\.gguf$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.+-]/g, '-');
  // A path is meant from where the command is typed, not from the repository.
  const found = sourceKind({ name, source }) === 'file' ? resolve(source) : source;
  return { name: name || 'model', source: found };
}

/**
 * Facts that pin models named on the command line: what is at hand is read now, the rest must be in the lock.
 */
export async function pinModels(models: ModelUse[], lock: Lock): Promise<LockedModel[]> {
  return Promise.all(
    models.map(async (model) => {
      const locked = lock.models.find(({ source }) => source === model.source);
      if (locked) return { ...locked, name: model.name };
      const kind = sourceKind(model);
      if (kind === 'builtin') return { ...model, ...hashChunks(synthesiseSmokeModel()) };
      if (kind === 'file') {
        const path = await localModel(model);
        const notes = join((await openStore()).folder, 'hashes');
        return { ...model, size: await fileSize(path), sha256: await knownHash(path, notes) };
      }
      throw new IngotError('LOCK_STALE', `model ${model.source} is not in the lock`, {
        hint: `ingot lock ${lock.recipe} --model ${model.source} --lock my.lock.json, then build with the same options`,
      });
    }),
  );
}
