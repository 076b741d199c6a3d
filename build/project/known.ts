import { IngotError, nearest } from '../model/errors.ts';

/** Refuses a name that nobody knows, with the one that was meant, or with all that there are. */
export function assertKnown(
  code: 'RECIPE_UNKNOWN' | 'RECIPE_INVALID' | 'TARGET_UNKNOWN' | 'INPUT_INVALID' | 'USAGE',
  what: string,
  name: string,
  names: string[],
  lister = 'ingot list',
): void {
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new IngotError(code, `${what}${what.endsWith(':') ? '' : ' '}${name} does not exist`, {
    hint: near ? `did you mean ${near}?` : `there are ${names.join(', ')}; see ${lister}`,
  });
}
