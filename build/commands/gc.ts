import { discard } from '../host/store/discard.ts';
import { openStore, unused } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'gc',
  summary: 'removes stages and packages not used for some days from the store',
  arguments: [],
  options: [
    { flags: '--days <number>', description: 'keep what was used in the last days', default: '14' },
    { flags: '--dry-run', description: 'only say what would be removed' },
  ],
  examples: ['ingot gc', 'ingot gc --days 0', 'ingot gc --dry-run'],
  async run(_args, options) {
    const days = Number(options.days);
    if (!Number.isFinite(days) || days < 0)
      throw new IngotError('USAGE', `--days ${options.days} is not a number of days`, {
        hint: 'ingot gc --days 14',
      });
    const store = await openStore();
    const found = await unused(store, days);
    if (!options.dryRun) for (const { path } of found) await discard(store, path);
    const verb = options.dryRun ? 'would remove' : 'removed';
    return {
      text: [...found.map(({ path }) => `${verb} ${path}`), `${verb} ${found.length} entries`].join('\n'),
      json: found.map(({ path, usedAt }) => ({ path, usedAt: usedAt.toISOString() })),
    };
  },
};
