import { Ajv, type ErrorObject } from 'ajv';
import { type ErrorCode, IngotError, nearest, shortList } from '../model/errors.ts';
import { nameRules } from '../model/names.ts';

const maxProblems = 20;
const maxKeyCharacters = 80;

const ajv = new Ajv({ allErrors: true, strict: false, useDefaults: true, verbose: true });
for (const [format, problem] of Object.entries(nameRules))
  ajv.addFormat(format, (name) => problem(name) === undefined);

/**
 * Checks `value` against a JSON schema and returns it typed, defaults filled in. Throws one error that lists
 * the problems, sorted, each with its path below `what`; twenty are enough to begin with.
 */
export function validate<T>(
  schema: object,
  value: unknown,
  what: string,
  code: ErrorCode = 'INPUT_INVALID',
): T {
  const check = ajv.compile(schema);
  if (check(value)) return value as T;
  const problems = [
    ...new Set((check.errors ?? []).map((error, _index, all) => describe(error, all.length === 1))),
  ].sort();
  const more = problems.length > maxProblems ? [`and ${problems.length - maxProblems} more`] : [];
  throw new IngotError(code, `${what}: ${[...problems.slice(0, maxProblems), ...more].join('; ')}`, {
    hint: `correct ${what} and run the command again`,
  });
}

/** The value that a JSON text holds; `code` when it is none, as after an interrupted copy. */
export function parseJson(text: string, what: string, code: ErrorCode = 'INPUT_INVALID'): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new IngotError(code, `${what}: ${(cause as Error).message}`, {
      hint: `restore or rebuild ${what}`,
      cause,
    });
  }
}

/** Of one that stands alone, also what would be right. */
function describe(error: ErrorObject, alone: boolean): string {
  // A JSON pointer writes a slash within a key as ~1.
  const keys = error.instancePath
    .split('/')
    .map((key) => cut(key.replaceAll('~1', '/').replaceAll('~0', '~')));
  const path = keys.join('.') || '.';
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const key = cut(String(params.additionalProperty));
    const known = Object.keys((error.parentSchema as { properties?: object })?.properties ?? {});
    const near = nearest(key, known);
    const takes = alone && known.length ? ` (it takes ${shortList(known)})` : '';
    return `${path} has "${key}", which is not known${near ? ` (did you mean "${near}"?)` : takes}`;
  }
  if (error.keyword === 'enum')
    return `${path} must be one of ${(params.allowedValues as string[]).join(', ')}`;
  const problem = error.keyword === 'format' && nameRules[String(params.format)]?.(String(error.data));
  return problem
    ? `${path} ${JSON.stringify(cut(String(error.data)))} ${problem}`
    : `${path} ${error.message}`;
}

function cut(key: string): string {
  return key.length > maxKeyCharacters ? `${key.slice(0, maxKeyCharacters)}…` : key;
}
