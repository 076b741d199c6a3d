import type { Root } from './root.ts';
import { basename } from './root.ts';

/** A unit that another one starts, and the link that says so. */
export interface Wanted {
  unit: string;
  path: string;
}

/** Units that are switched on for the system: links in etc, but for those that are masked. */
export function enabledUnits(root: Root): Wanted[] {
  return wantedIn(root, /^etc\/systemd\/system\/[^/]+\.(wants|requires|upholds)\//);
}

/** The same with those that their packages start in any case. */
export function startedUnits(root: Root): Wanted[] {
  return wantedIn(root, /^(etc|usr\/lib)\/systemd\/system\/[^/]+\.(wants|requires|upholds)\//);
}

/** The text of a unit with its drop-ins, by the name of the unit or its template. */
export function unitText(root: Root, unit: string): string {
  const names = [unit, template(unit)];
  return [...root.texts]
    .filter(([path]) => {
      const [, name] = /^(?:etc|usr\/lib)\/systemd\/system\/([^/]+?)(?:\.d\/[^/]+\.conf)?$/.exec(path) ?? [];
      return name && names.includes(name);
    })
    .map(([, text]) => text)
    .join('\n');
}

/** `getty@.service` for `getty@tty1.service`. */
export function template(unit: string): string {
  return unit.replace(/@[^.]+\./, '@.');
}

/** Whether the first line of the presets that matches a unit turns it on; without one, systemd does. */
export function isPreset(root: Root, unit: string): boolean {
  const files = [...root.texts]
    .filter(([path]) => /^(etc|usr\/lib)\/systemd\/system-preset\/.+\.preset$/.test(path))
    .sort(([a], [b]) => (basename(a) < basename(b) ? -1 : 1));
  for (const [, text] of files)
    for (const line of text.split('\n')) {
      const [, word, pattern] = /^(enable|disable)\s+(\S+)/.exec(line) ?? [];
      if (!word || !pattern) continue;
      const glob = new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      );
      if (glob.test(unit) || glob.test(template(unit))) return word === 'enable';
    }
  return true;
}

/** Units that the presets turn on, and those that these bring along by `Also=`. */
export function presetUnits(root: Root, units: string[]): Set<string> {
  const on = new Set(units.filter((unit) => isPreset(root, unit)));
  // A set hands out what is added to it while it is walked.
  for (const unit of on)
    for (const [, also] of unitText(root, unit).matchAll(/^Also=(.*)$/gm))
      for (const name of also!.trim().split(/\s+/)) on.add(name);
  return on;
}

function wantedIn(root: Root, links: RegExp): Wanted[] {
  return root.entries
    .filter(({ path, kind }) => kind === 'l' && links.test(path))
    .map(({ path }) => ({ path, unit: basename(path) }))
    .filter(({ unit }) => root.at.get(`etc/systemd/system/${unit}`)?.to !== '/dev/null');
}
