import { nearest } from '../errors.ts';
import { keymaps } from './keymaps.ts';
import { locales } from './locales.ts';
import { timeZones } from './time-zones.ts';

/** The end of a sentence that begins with a time zone which no image has; undefined for one that it has. */
export function timeZoneProblem(name: string): string | undefined {
  const place = timeZones.find((zone) => lastPart(zone) === lastPart(name));
  return unknown('time zone', timeZones, name, place);
}

/** The same of a locale. */
export function localeProblem(name: string): string | undefined {
  const whole = `${name.replace(/\..*/, '')}.UTF-8`;
  return unknown('locale in UTF-8', locales, name, locales.includes(whole) ? whole : undefined);
}

/** The same of a keyboard layout, as `de` or `de(nodeadkeys)`. */
export function keymapProblem(name: string): string | undefined {
  const layout = /^[a-z]+/.exec(name)?.[0] ?? '';
  const variants = keymaps.filter((known) => known.startsWith(`${layout}(`));
  const near = name.includes('(') ? nearest(name, variants) : undefined;
  return unknown('keyboard layout', keymaps, name, near ?? (keymaps.includes(layout) ? layout : undefined));
}

function unknown(what: string, names: string[], name: string, better?: string): string | undefined {
  if (names.includes(name)) return undefined;
  const near = better ?? nearest(name.slice(0, 60), names);
  return `is no ${what} that images have${near ? ` (did you mean ${near}?)` : ''}`;
}

function lastPart(zone: string): string {
  return zone.replace(/.*\//, '').replaceAll(/[ _]/g, '').toLowerCase();
}
