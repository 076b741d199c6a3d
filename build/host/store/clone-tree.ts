import { IngotError } from '../../model/errors.ts';
import { run } from '../run/command.ts';
import { discard } from './discard.ts';
import type { Store } from './store.ts';

/**
 * Gives `work` a root tree of the store to change, at the cost of one hard link per file instead of a copy.
 * Files must be replaced, never written in place. The trees of the store hold nothing newer than
 * `sourceDateEpoch`, so a write in place would show; the spoilt tree is then dropped from the store.
 */
export async function withClonedTree<T>(
  options: { store: Store; stage: string; clone: string; sourceDateEpoch: number },
  work: () => Promise<T>,
): Promise<T> {
  const { store, stage, clone, sourceDateEpoch } = options;
  await run(['cp', '--archive', '--link', `${stage}/root`, clone]);
  const result = await work();
  const newer = ['-newermt', `@${sourceDateEpoch}`, '!', '-type', 'd'];
  const written = await run(['find', `${stage}/root`, '-xdev', ...newer, '-print']);
  if (!written) return result;
  await discard(store, stage);
  throw new IngotError(
    'INTERNAL',
    `a stage modified a finished tree in the store: ${written.slice(0, 500)}`,
    {
      hint: 'the tree was removed from the store; run the same command again',
    },
  );
}
