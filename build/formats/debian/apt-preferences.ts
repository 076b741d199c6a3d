import type { LockedPackage } from '../../model/lock.ts';

/** apt_preferences(5) that hold every locked package at its locked version while a mirror has it. */
export function renderPreferences(packages: LockedPackage[]): string {
  return packages
    .map((p) => `Package: ${p.name}\nPin: version ${p.version}\nPin-Priority: 1001\n`)
    .join('\n');
}
