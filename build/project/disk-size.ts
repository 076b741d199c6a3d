import { IngotError } from '../model/errors.ts';

const mebibytes = { MiB: 1, GiB: 1024, TiB: 1024 ** 2 };

/** MiB of `12GiB`; USAGE for anything else. */
export function parseDiskSize(text: string): number {
  const [, digits, unit] = /^([1-9]\d{0,6})(MiB|GiB|TiB)$/.exec(text) ?? [];
  if (digits) return Number(digits) * mebibytes[unit as keyof typeof mebibytes];
  throw new IngotError('USAGE', `--disk-size ${text}: no size`, {
    hint: 'a whole number and its unit, MiB, GiB or TiB: --disk-size 12GiB',
  });
}
