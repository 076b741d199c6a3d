import { IngotError } from '../../model/errors.ts';

/** What `sha256sum --check` reads; sorted by file name. */
export function renderChecksums(files: { [name: string]: string }): string {
  const names = Object.keys(files).sort();
  return names.map((name) => `${files[name]}  ${name}\n`).join('');
}

/** File name → SHA-256 of such a text; `what` names it in the error when a line is none of its kind. */
export function parseChecksums(text: string, what: string): { [name: string]: string } {
  const lines = text.split('\n').slice(0, -1);
  const found = lines.map((line) => /^([0-9a-f]{64}) [ *]([^/]+)$/.exec(line));
  if (!text.endsWith('\n') || found.some((line) => !line))
    throw new IngotError('INPUT_INVALID', `${what}: is not a list of SHA-256 sums`);
  return Object.fromEntries(found.map((line) => [line![2]!, line![1]!]));
}
