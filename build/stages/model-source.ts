import { resolve } from 'node:path';
import { isHubSource, isOnHub } from '../formats/text/model-hub.ts';
import { builtinModel, builtinSources } from '../gguf/builtin.ts';
import { type GgufSummary, validateGguf } from '../gguf/validate.ts';
import { exists, repository } from '../host/fs/files.ts';
import { openModel } from '../host/fs/model-file.ts';
import { IngotError, within } from '../model/errors.ts';
import type { ModelUse } from '../model/models.ts';
import { type PartName, partName } from '../model/parts.ts';

export type SourceKind = 'builtin' | 'catalogue' | 'url' | 'file';

export function sourceKind({ source }: Pick<ModelUse, 'source'>): SourceKind {
  if (builtinModel(source)) return 'builtin';
  if (source.startsWith('catalogue:')) return 'catalogue';
  return isOnHub(source) || /^https?:\/\//i.test(source) ? 'url' : 'file';
}

/** Why a text can be no source of a model, whatever is on the disk; undefined when it may be one. */
export function sourceProblem(source: string): { message: string; hint: string } | undefined {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(source) ?? [];
  if (scheme?.toLowerCase() === 'file')
    return { message: 'a local file is named by its path', hint: `give the path, as ${rest}` };
  if (scheme && !/^https?$/i.test(scheme))
    return {
      message: `models come by https or http, not by ${scheme}`,
      hint: 'download it, and give its path',
    };
  if (scheme && !URL.canParse(source))
    return { message: 'it is no URL', hint: 'give it as https://host/path' };
  if (isOnHub(source) && !isHubSource(source))
    return { message: 'it names no file of a repository', hint: 'hub:<owner>/<repository>/<file>.gguf' };
  if (source.startsWith('builtin:') && !builtinModel(source))
    return {
      message: `Ingot itself makes ${builtinSources.join(' and ')} alone`,
      hint: `give one of these, or a path`,
    };
  return undefined;
}

/** Path of a model that is a local file, once it is seen to be there and well-formed. */
export async function localModel(model: ModelUse): Promise<string> {
  const problem = sourceProblem(model.source);
  if (problem)
    throw new IngotError('MODEL_MISSING', `model ${model.name}: ${model.source}: ${problem.message}`, {
      hint: problem.hint,
    });
  const path = resolve(repository, model.source);
  if (!(await exists(path)))
    throw new IngotError('MODEL_MISSING', `model ${model.name}: ${model.source} does not exist`, {
      hint: 'a source is builtin:smoke, a path (in a recipe from the repository, on the command line from where you are), or an https URL',
    });
  await assertGguf(model, path);
  return path;
}

/** What is in a GGUF; throws MODEL_INVALID unless the file is a well-formed one, and a model by itself. */
export async function assertGguf(model: ModelUse, path: string): Promise<GgufSummary> {
  const what = `model ${model.name} (${model.source})`;
  const summary = await readGguf(path, what, partName(model.name));
  assertWhole(what, summary);
  return summary;
}

/** What is in a GGUF; throws MODEL_INVALID with offset and reason unless the file is a well-formed one. */
export async function readGguf(path: string, what: string, part?: PartName): Promise<GgufSummary> {
  const file = await openModel(path).catch((error) => {
    throw within(what, error);
  });
  try {
    return await validateGguf(file, what, part);
  } finally {
    await file.close();
  }
}

/** Refuses a file that belongs to a model and is none. */
export function assertWhole(what: string, { part }: GgufSummary): void {
  if (!part) return;
  throw new IngotError('MODEL_INVALID', `${what} is ${part}, no model that can be served by itself`, {
    hint: 'name the model that it belongs to',
  });
}
