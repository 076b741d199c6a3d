import Handlebars from 'handlebars';
import { IngotError } from '../../model/errors.ts';

type Values = Record<string, unknown>;

const tagPattern = /^\{\{ ?([A-Za-z]\w*(?:\.[A-Za-z][\w-]*)*) ?\}\}(?!\})/;
/** Handlebars takes time with the square of their number. */
const maxTags = 1000;

/** Places `values` into a template. A name without a value is an error, and nothing is HTML-escaped. */
export function renderTemplate(text: string, values: Values, what: string): string {
  try {
    for (const path of placed(text)) checkValue(path, values);
    return Handlebars.compile(text, { noEscape: true, strict: true })(asTexts(values));
  } catch (cause) {
    throw new IngotError('INPUT_INVALID', `template ${what}: ${(cause as Error).message}`, {
      hint: `it may use ${Object.keys(values).sort().join(', ')}`,
      cause,
    });
  }
}

/**
 * Paths of the values that a template places. What Handlebars can do beyond that may run for minutes on a
 * faulty text.
 */
function placed(text: string): string[] {
  const paths: string[] = [];
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at + 2)) {
    // One backslash keeps the braces as they are.
    if (text[at - 1] === '\\' && text[at - 2] !== '\\') continue;
    const tag = text.slice(at, at + 80).split('\n', 1)[0]!;
    const path = tagPattern.exec(tag)?.[1];
    if (!path) throw new Error(`${JSON.stringify(tag)} does not begin with a value's name in {{ }}`);
    paths.push(path);
  }
  if (paths.length > maxTags) throw new Error(`it places ${paths.length} values, over ${maxTags}`);
  return paths;
}

/**
 * Handlebars itself would place nothing for a name that every object inherits, and `[object Object]` for an
 * object.
 */
function checkValue(path: string, values: Values): void {
  let value: unknown = values;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      throw new Error(`"${name}" not defined in ${path}`);
    value = (value as Values)[name];
  }
  if (typeof value === 'object') throw new Error(`${path} is not a text, number or boolean`);
}

/** Handlebars adds what stands side by side: two numbers would become their sum. */
function asTexts(values: Values): Values {
  return JSON.parse(JSON.stringify(values), (_key, value: unknown) =>
    typeof value === 'object' ? value : String(value),
  );
}
