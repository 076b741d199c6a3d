import { resolve } from 'node:path';
import { type GgufSummary, validateGguf } from '../gguf/validate.ts';
import { exists, repository } from '../host/fs/files.ts';
import { openModel } from '../host/fs/model-file.ts';
import { IngotError } from '../model/errors.ts';
import type { ModelUse } from '../model/types.ts';

export type SourceKind = 'builtin' | 'url' | 'file';

export function sourceKind({ source }: ModelUse): SourceKind {
  if (source === 'builtin:smoke') return 'builtin';
  return /^https?:\/\//.test(source) ? 'url' : 'file';
}

/** Path of a model that is a local file, once it is seen to be there and well-formed. */
export async function localModel(model: ModelUse): Promise<string> {
  const path = resolve(repository, model.source);
  if (!(await exists(path)))
    throw new IngotError('MODEL_MISSING', `model ${model.name}: ${model.source} does not exist`, {
      hint: 'a source is builtin:smoke, a path below the repository, or an https URL',
    });
  await assertGguf(model, path);
  return path;
}

/** What is in a GGUF; throws MODEL_INVALID with offset and reason unless the file is a well-formed one. */
export async function assertGguf(model: ModelUse, path: string): Promise<GgufSummary> {
  const file = await openModel(path);
  try {
    return await validateGguf(file, `model ${model.name} (${model.source})`);
  } finally {
    await file.close();
  }
}
