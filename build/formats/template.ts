import Handlebars from 'handlebars';
import { IngotError } from '../model/errors.ts';

/** Places `values` into a template. A name without a value is an error, and nothing is HTML-escaped. */
export function renderTemplate(text: string, values: Record<string, unknown>, what: string): string {
  try {
    return Handlebars.compile(text, { noEscape: true, strict: true })(values);
  } catch (cause) {
    throw new IngotError('INPUT_INVALID', `template ${what}: ${(cause as Error).message}`, {
      hint: `it may use ${Object.keys(values).sort().join(', ')}`,
      cause,
    });
  }
}
