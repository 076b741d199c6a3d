import { parseDocument, stringify } from 'yaml';
import { IngotError } from '../../model/errors.ts';

/**
 * By default; a thousand packages. The library's time grows with the square of keys and marks in a row, and
 * most of all of brackets.
 */
const defaultCharacters = 16 * 1024;
const maxBrackets = 1000;

/**
 * The value that a YAML text holds; INPUT_INVALID when it is none, or when a tag or directive would be
 * ignored.
 */
export function parseYaml(text: string, what: string, { maxCharacters = defaultCharacters } = {}): unknown {
  const invalid = (reason: string, cause?: unknown) =>
    new IngotError('INPUT_INVALID', `${what}: ${reason}`, { cause });
  const brackets = text.match(/[[{]/g)?.length ?? 0;
  if (brackets > maxBrackets) throw invalid(`${brackets} opening brackets, over ${maxBrackets}`);
  if (text.length > maxCharacters) throw invalid(`${text.length} characters, over ${maxCharacters}`);
  try {
    const document = parseDocument(text);
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) throw problem;
    return document.toJS();
  } catch (cause) {
    const { message } = cause as Error;
    // The library calls itself for every level.
    throw invalid(message.startsWith('Maximum call stack') ? 'nested too deeply' : message, cause);
  }
}

/**
 * A value as YAML 1.1, which cloud-init reads: a card's address without quotes would be a number there, and a
 * machine called "no" have none. No line is folded, so that keys stay in one piece for people too.
 */
export function renderYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, version: '1.1' });
}
