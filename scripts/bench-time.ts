import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './bench-host.ts';

/** Seconds that work takes; `folder` is in the file system that it writes to. */
export async function seconds(folder: string, work: () => unknown): Promise<number> {
  // What was written before is no part of the time, nor is memory that only now comes from the host.
  run('sync', []);
  warmMemory(folder);
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/**
 * The quickest of three of each, in turn: what the machine's other tenants do meets single ones of both.
 * `one` and `other` prepare a turn, which is no part of its time, and return the work.
 */
export async function quickestInTurn(
  folder: string,
  one: () => () => unknown,
  other: () => () => unknown,
): Promise<[number, number]> {
  const quickest: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < 3; turn++) {
    const taken = [await seconds(folder, one()), await seconds(folder, other())] as const;
    console.log(`  turn ${turn + 1}: ${taken.map((time) => `${time.toFixed(1)} s`).join(' and ')}`);
    quickest[0] = Math.min(quickest[0], taken[0]);
    quickest[1] = Math.min(quickest[1], taken[1]);
  }
  return quickest;
}

/**
 * A virtual machine gives memory that is free back to its host, and touching it again can take ten times as
 * long. A sparse file that is read makes a cache of all of it, from which the kernel then takes without
 * asking the host.
 */
function warmMemory(folder: string): void {
  const hole = join(mkdtempSync(join(folder, 'memory-')), 'hole');
  const [, free] = /^MemFree: *(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))!;
  run('truncate', [`--size=${free}K`, hole]);
  run('dd', [`if=${hole}`, 'of=/dev/null', 'bs=1M', 'status=none']);
}
