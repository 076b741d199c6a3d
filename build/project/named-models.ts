import { basename, resolve } from 'node:path';
import { IngotError } from '../model/errors.ts';
import { type ModelUse, modelRoles } from '../model/models.ts';
import { nameRules } from '../model/names.ts';
import { sourceKind, sourceProblem } from '../stages/model-source.ts';

/** Of a name that is taken from a file's: a part of the image's name as well. */
const maxLength = 100;
const nameProblem = nameRules['model-name']!;

/**
 * The models that `--model` asks for, each as a source, as `name=source` or with a role as
 * `name@role=source`. Without a name the file's own is taken: `/models/Qwen3-4B-Q4_K_M.gguf` is named
 * `qwen3-4b-q4-k-m`.
 */
export function modelsFromOptions(options: string[]): ModelUse[] {
  const models = options.map(modelFromOption);
  for (const [index, { name }] of models.entries()) {
    const first = models.findIndex((other) => other.name === name);
    if (first !== index)
      throw new IngotError(
        'USAGE',
        `--model ${options[first]} and --model ${options[index]} would both be named ${name}`,
        { hint: `name one of them: --model my-name=${models[index]!.source}` },
      );
  }
  return models;
}

/** What `--model` is given for a model. */
export function optionOf({ name, role, source }: ModelUse): string {
  return `${name}${role ? `@${role}` : ''}=${source}`;
}

function modelFromOption(option: string): ModelUse {
  const [, given, asked, behind] = /^([^/:=@]*)(?:@([^/:=@]*))?=(.*)$/s.exec(option) ?? [];
  const source = behind ?? option;
  const problem = source
    ? sourceProblem(source)
    : { message: 'there is no source', hint: '--model name=path' };
  if (problem) throw new IngotError('USAGE', `--model ${option}: ${problem.message}`, { hint: problem.hint });
  const role = modelRoles.find((known) => known === asked);
  if (asked !== undefined && !role)
    throw new IngotError('USAGE', `--model ${option}: ${asked} is no role of a model`, {
      hint: `it is one of ${modelRoles.join(', ')}`,
    });
  const named = given || undefined;
  const wrong = named === undefined ? undefined : nameProblem(named);
  if (wrong)
    throw new IngotError('USAGE', `--model ${option}: ${named} cannot be the name of a model: it ${wrong}`, {
      hint: '--model my-name=path; a path with "=" in it begins with ./ or /',
    });
  // A path is meant from where the command is typed, not from the repository.
  const found = sourceKind({ source }) === 'file' ? resolve(source) : source;
  return { name: named ?? nameFrom(source), source: found, ...(role ? { role } : {}) };
}

/** What of the file's own name can be a model's. */
function nameFrom(source: string): string {
  const name = fileNameOf(source)
    .replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9.+-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, maxLength);
  if (!nameProblem(name)) return name;
  throw new IngotError('USAGE', `--model ${source}: the file's name gives none for the model`, {
    hint: `--model my-name=${source}`,
  });
}

function fileNameOf(source: string): string {
  const kind = sourceKind({ source });
  if (kind === 'builtin' || kind === 'catalogue') return source.slice(source.indexOf(':') + 1);
  if (kind === 'file' || source.startsWith('hub:')) return basename(source);
  const last = new URL(source).pathname.split('/').at(-1)!;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
