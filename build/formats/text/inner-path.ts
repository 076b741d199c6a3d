import { IngotError } from '../../model/errors.ts';

/**
 * Throws unless the path of a tree's entry stays within the tree: relative, and without `.`, `..` or empty
 * parts.
 */
export function assertInner(path: string): void {
  const parts = path.split('/');
  if (!path.includes('\0') && !parts.some((part) => ['', '.', '..'].includes(part))) return;
  throw new IngotError('INPUT_INVALID', `the path ${JSON.stringify(path)} leads out of its folder`, {
    hint: 'correct the overlay or the unit that it comes from: paths are relative, without . and ..',
  });
}
