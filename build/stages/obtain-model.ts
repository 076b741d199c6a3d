import { join } from 'node:path';
import { parseMirror } from '../formats/text/mirror.ts';
import { formatBytes } from '../formats/text/size.ts';
import { builtinModel } from '../gguf/builtin.ts';
import { exists, fileSize, hashFile } from '../host/fs/files.ts';
import { download } from '../host/net/download.ts';
import type { Hints } from '../host/net/fault.ts';
import { modelRevision, pinnedUrl, urlOf } from '../host/net/model-revision.ts';
import type { Progress } from '../host/progress.ts';
import { copyHashed, writeChunks } from '../host/store/blobs.ts';
import { discardFiles, keepFile, type Store } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ModelUse } from '../model/models.ts';
import type { Sources } from './context.ts';
import { assertGguf, localModel, sourceKind } from './model-source.ts';

export interface ObtainContext {
  store: Store;
  scratch: string;
  progress: Progress;
  sources: () => Promise<Sources>;
}

type Pinned = ModelUse & { revision?: string; size?: number; sha256?: string };
type Pin = { revision?: string; size: number; sha256: string };

/** Path in the store of a model that is the locked bytes and a well-formed GGUF, whatever its source. */
export async function obtainModel(model: Pinned, context: ObtainContext): Promise<string> {
  return context.store.file((await pinModel(model, context)).sha256);
}

const hints: Hints = {
  down: 'check the network and the address of the model; what arrived so far is kept',
  gone: 'correct the address of the model, then run ingot lock <recipe>',
  changed: 'the server has another model than the lock; if that is wanted, run ingot lock <recipe> --update',
};

/** Brings a model into the store, checks its structure, and returns the facts that pin it. */
export async function pinModel(model: Pinned, context: ObtainContext): Promise<Pin> {
  const { store } = context;
  const known = model.sha256 ? store.file(model.sha256) : undefined;
  if (known && (await exists(known))) {
    const pin = { size: await fileSize(known), sha256: await hashFile(known) };
    try {
      assertPinned(model, pin, known);
    } catch (error) {
      await discardFiles(store, [known]);
      throw error;
    }
    await assertGguf(model, known);
    return pin;
  }
  const { path, ...pin } = await bring(model, context);
  assertPinned(model, pin, model.source);
  await assertGguf(model, path);
  await keepFile(store, path, pin.sha256);
  return pin;
}

async function bring(model: Pinned, context: ObtainContext): Promise<Pin & { path: string }> {
  const to = join(context.scratch, `${model.name}.part`);
  const kind = sourceKind(model);
  if (kind === 'builtin') return { path: to, ...(await writeChunks(builtinModel(model.source)!.make(), to)) };
  if (kind === 'url') {
    const bundled = await inFolder(model, context);
    if (bundled) return { path: to, ...(await copyHashed(bundled, to)) };
    const url = urlOf(model.source);
    const revision = model.revision ?? (await modelRevision(url));
    const partial = partialPath(model, context);
    const pin = await download({
      url: pinnedUrl(url, revision),
      to: partial,
      size: model.size,
      sha256: model.sha256,
      hints,
      onBytes: (done) => {
        if (model.size) context.progress.bytes(`model ${model.name}`, done, model.size);
      },
    });
    return { path: partial, ...(revision ? { revision } : {}), ...pin };
  }
  return { path: to, ...(await copyHashed(await localModel(model), to)) };
}

/** Path of a locked model in a mirror that is a folder, as `ingot mirror` writes it. */
async function inFolder(model: Pinned, { sources }: ObtainContext): Promise<string | undefined> {
  const { mirrors, offline } = await sources();
  for (const mirror of mirrors.map((named) => parseMirror(named, ''))) {
    if (!('folder' in mirror) || !model.sha256) continue;
    const path = join(mirror.folder, bundledModel(model.sha256));
    if (await exists(path)) return path;
  }
  if (!offline) return undefined;
  throw new IngotError(
    'LOCK_GONE',
    `model is neither in the store nor in a mirror folder: ${model.name} (${model.source})`,
    {
      hint: 'build once without --offline, or name the folder that ingot mirror wrote with --mirror',
    },
  );
}

/** Where a folder written by `ingot mirror` has a model. */
export function bundledModel(sha256: string): string {
  return join('models', sha256);
}

/**
 * A large download survives an interruption: its part is kept in the store under the URL's name, and resumed.
 */
function partialPath(model: Pinned, { store }: ObtainContext): string {
  return join(store.folder, 'partial', encodeURIComponent(model.source).slice(-200));
}

function assertPinned(model: Pinned, pin: { size: number; sha256: string }, where: string): void {
  const right = model.sha256 === pin.sha256 && (model.size ?? pin.size) === pin.size;
  if (model.sha256 === undefined || right) return;
  const wants = model.size === undefined ? 'the recipe or the catalogue wants' : 'the lock has';
  throw new IngotError(
    'HASH_MISMATCH',
    `model ${model.name}: ${where} has sha256 ${pin.sha256} (${formatBytes(pin.size)}), but ${wants} ${model.sha256}`,
    {
      hint: 'restore the locked file (a damaged one in the store was removed) and run the same command again, or run ingot lock <recipe> --update to lock the new one',
    },
  );
}
