import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatBytes } from '../build/formats/text/size.ts';
import { repository } from '../build/host/fs/files.ts';
import type { Lock } from '../build/model/lock.ts';

/** What a suite of a recipe writes to out/systems/<recipe>.json; scripts/results/systems has copies. */
export interface SystemFigures {
  [target: string]: {
    bytes: number;
    /** From power-on until the machine let the test in, for each start. */
    bootSeconds: number[];
    checks: { ok: number; failed: number };
    accelerator: string;
  };
}

export const figuresHead = [
  'recipe',
  'target',
  'packages',
  'installed',
  'file',
  'checks',
  'seconds to the login',
];

/** Of each recipe: what its lock says of each target, and what was measured where it was started. */
export function figuresRows(recipes: { name: string; base: string }[]): string[][] {
  return recipes.flatMap(({ name, base }) => {
    const lock = read<Lock>(`recipes/${name}.${base}.lock.json`)!;
    const measured = read<SystemFigures>(`scripts/results/systems/${name}.json`) ?? {};
    const sizes = new Map(lock.packages.map((one) => [one.name, one.installedKiB]));
    return ['iso', 'qcow2'].flatMap((target) => {
      const set = lock.sets.find(({ targets }) => targets.includes(target));
      if (!set) return [];
      const kibibytes = set.packages.reduce((sum, one) => sum + sizes.get(one)!, 0);
      const seen = measured[target];
      return [
        [
          `\`${name}\``,
          `\`${target}\``,
          String(set.packages.length),
          formatBytes(kibibytes * 1024),
          seen ? formatBytes(seen.bytes) : 'not built',
          seen ? `${seen.checks.ok} of ${seen.checks.ok + seen.checks.failed}` : 'not started',
          seen ? `${seen.bootSeconds.join(', ')} (${seen.accelerator})` : '',
        ],
      ];
    });
  });
}

function read<T>(path: string): T | undefined {
  const file = join(repository, path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}
