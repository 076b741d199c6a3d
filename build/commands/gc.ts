import { formatBytes, parseMebibytes } from '../formats/text/size.ts';
import { type Collected, collectGarbage } from '../host/store/garbage.ts';
import { openStore } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'gc',
  summary: 'removes from the store what was not used for some days, and more until it fits a size',
  arguments: [],
  options: [
    { flags: '--days <number>', description: 'keep what was used in the last days', default: '14' },
    {
      flags: '--max-size <size>',
      description: 'then remove what was not used for the longest time until the store is this small: 20GiB',
    },
    { flags: '--dry-run', description: 'only show what would be removed' },
  ],
  examples: ['ingot gc', 'ingot gc --max-size 20GiB', 'ingot gc --days 0 --dry-run'],
  async run(_args, options) {
    const days = Number(options.days);
    if (!options.days?.trim() || !Number.isFinite(days) || days < 0)
      throw new IngotError('USAGE', `--days ${options.days} is not a number of days`, {
        hint: 'ingot gc --days 14',
      });
    const { maxSize, dryRun = false } = options;
    const maxBytes = maxSize === undefined ? undefined : parseMebibytes('--max-size', maxSize) * 2 ** 20;
    const collected = await collectGarbage(await openStore(), { days, maxBytes }, { dryRun });
    return { text: describe(collected, { maxBytes, dryRun }), json: { ...collected, dryRun } };
  },
};

function describe(
  { removed, freedBytes, storeBytes, inUse }: Collected,
  { maxBytes, dryRun }: { maxBytes?: number; dryRun: boolean },
): string {
  const [verb, frees, has] = dryRun
    ? ['would remove', 'would free', 'would have']
    : ['removed', 'freed', 'has'];
  const lines = removed.map(({ path }) => `${verb} ${path}`);
  lines.push(`${verb} ${removed.length} entries and ${frees} ${formatBytes(freedBytes)}`);
  lines.push(`the store ${has} ${formatBytes(storeBytes)}`);
  if (inUse) lines.push(`kept ${inUse} entries because another ingot command is running`);
  if (maxBytes !== undefined && storeBytes > maxBytes)
    lines.push(
      `that is more than ${formatBytes(maxBytes)}: run ingot gc again when no other command is running`,
    );
  return lines.join('\n');
}
