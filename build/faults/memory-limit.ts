import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A control group that a command can be started in, with so much memory and no swap. */
export interface MemoryLimit {
  /** Command that joins the group and becomes another. */
  prefix: string[];
  close(): Promise<void>;
}

export function limitMemory(mebibytes: number): MemoryLimit {
  const second = existsSync('/sys/fs/cgroup/cgroup.controllers');
  const folder = join(second ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory', `ingot-faults-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const limits = second
    ? { 'memory.swap.max': '0', 'memory.max': `${mebibytes}M` }
    : { 'memory.swappiness': '0', 'memory.limit_in_bytes': `${mebibytes}M` };
  for (const [file, value] of Object.entries(limits)) {
    // A kernel without swap has no file for it.
    if (existsSync(join(folder, file))) writeFileSync(join(folder, file), value);
  }
  const enter = 'echo $$ > "$0"/cgroup.procs && exec "$@"';
  return { prefix: ['sh', '-c', enter, folder], close: () => remove(folder) };
}

/** What was killed for its memory leaves the group when the kernel has buried it. */
async function remove(folder: string): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY' || tries === 100) throw error;
      await sleep(100);
    }
}
