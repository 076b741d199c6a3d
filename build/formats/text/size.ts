import { IngotError } from '../../model/errors.ts';

const mebibytes = { MiB: 1, GiB: 1024, TiB: 1024 ** 2 };

/** MiB of an option's value as `12GiB`; USAGE for anything else. */
export function parseMebibytes(option: string, text: string): number {
  const [, digits, unit] = /^([1-9]\d{0,6})(MiB|GiB|TiB)$/.exec(text) ?? [];
  if (digits) return Number(digits) * mebibytes[unit as keyof typeof mebibytes];
  throw new IngotError('USAGE', `${option} ${text} is not a size`, {
    hint: `a whole number and its unit, MiB, GiB or TiB: ${option} 12GiB`,
  });
}

/** Bytes for people, in powers of 1024: `613.2 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let power = 0;
  let value = bytes;
  while (value >= 1024 && power < units.length - 1) {
    value /= 1024;
    power++;
  }
  return power === 0 ? `${bytes} B` : `${value.toFixed(1)} ${units[power]}`;
}

/** Milliseconds for people: `4.2 s`, `3 min 05 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
