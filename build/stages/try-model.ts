import { judgeServable, type Servable } from '../gguf/servable.ts';
import type { GgufSummary } from '../gguf/validate.ts';
import { runInside, type Sandbox } from '../host/run/sandbox.ts';
import { IngotError } from '../model/errors.ts';
import type { ModelRole } from '../model/models.ts';
import { partName } from '../model/parts.ts';
import { ownPrograms } from './program.ts';

/** What a model is to be served for, and by what: `feature inference, which serves the first model,`. */
export interface Wanted {
  role: ModelRole;
  by: string;
  /** What to do where the model is for another role. */
  hint?: string;
}

/** A file of a model on the disk: the whole model, or one of its parts. */
export interface ModelFile {
  /** As on the image: llama.cpp finds the other parts by the name of the first. */
  name: string;
  path: string;
  header: GgufSummary;
}

/**
 * What llama.cpp can serve a model for, the first of whose files is the one to load; throws MODEL_INVALID
 * with its own words when it is for nothing.
 */
export async function assertServable(
  what: string,
  files: ModelFile[],
  sandbox: Sandbox,
  log?: string,
): Promise<Servable> {
  const { header } = files[0]!;
  const inside = (name: string) => `/inputs/${partName(name) ? name : 'model'}.gguf`;
  const inputs = {
    ...Object.fromEntries(files.map(({ name, path }) => [inside(name), path])),
    '/inputs/programs': ownPrograms(new URL('servable/', import.meta.url)),
  };
  const headers = files.flatMap((file) => [inside(file.name), String(file.header.dataOffset)]);
  const command = ['sh', '/inputs/programs/load-model.sh', ...headers];
  const said = await runInside({ ...sandbox, inputs }, command, { log });
  const verdict = judgeServable(said, header);
  if (!('refusal' in verdict)) return verdict;
  const is = header.part ? ` is ${header.part}, no model by itself` : '';
  throw new IngotError('MODEL_INVALID', `${what}${is}: llama.cpp cannot serve it: ${verdict.refusal}`, {
    hint: `take another GGUF of the model, one that was made for the llama.cpp of the image${log ? `; what it printed is in ${log}` : ''}`,
  });
}

/** Refuses a model that cannot do what is wanted of it; `by` says who wants it. */
export function assertRole(what: string, { role, because }: Servable, wanted: Wanted): void {
  // What a model is trained for besides, it does not tell.
  if (role === wanted.role || (role === 'chat' && wanted.role === 'code')) return;
  throw new IngotError(
    'MODEL_INVALID',
    `${what} can be served for ${role} alone, as llama.cpp reads ${because} in it, and ${wanted.by} is for ${wanted.role}`,
    {
      hint:
        wanted.hint ??
        `name a model for ${wanted.role}, or give this one the role ${role}; docs/models.md says what each is`,
    },
  );
}
