import { Ajv, type ErrorObject } from 'ajv';
import { type ErrorCode, IngotError, nearest } from '../model/errors.ts';

const ajv = new Ajv({ allErrors: true, strict: false, useDefaults: true, verbose: true });

/**
 * Checks `value` against a JSON schema and returns it typed, defaults filled in.
 * Throws one error that lists every problem, sorted, each with its path below `what`.
 */
export function validate<T>(
  schema: object,
  value: unknown,
  what: string,
  code: ErrorCode = 'INPUT_INVALID',
): T {
  const check = ajv.compile(schema);
  if (check(value)) return value as T;
  const problems = (check.errors ?? []).map((error) => describe(error)).sort();
  throw new IngotError(code, `${what}: ${[...new Set(problems)].join('; ')}`, {
    hint: `correct ${what} and run the command again`,
  });
}

/** The value that a JSON text holds; INPUT_INVALID when it is none, as after an interrupted copy. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new IngotError('INPUT_INVALID', `${what}: ${(cause as Error).message}`, { cause });
  }
}

function describe(error: ErrorObject): string {
  // A JSON pointer writes a slash within a key as ~1.
  const keys = error.instancePath.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = keys.join('.') || '.';
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    const known = Object.keys((error.parentSchema as { properties?: object })?.properties ?? {});
    const near = nearest(key, known);
    return `${path} has no "${key}"${near ? ` (did you mean "${near}"?)` : ''}`;
  }
  if (error.keyword === 'enum')
    return `${path} must be one of ${(params.allowedValues as string[]).join(', ')}`;
  return `${path} ${error.message}`;
}
