import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultStore, faultStoreAt } from './fault-store.ts';

export interface SmallDisk {
  place: FaultStore;
  /** Takes all the space away but so many bytes, as another program's file would. */
  fill(but: number): void;
  /** Gives it back. */
  free(): void;
  close(): Promise<void>;
}

/** A place on a file system of its own in memory, in a mount namespace that ends with this process. */
export async function openSmallDisk(beside: FaultStore, mebibytes: number): Promise<SmallDisk> {
  const folder = join(beside.folder, '..', `${beside.folder.split('/').at(-1)}-small`);
  mkdirSync(folder, { recursive: true });
  const script = 'mount -t tmpfs -o size="$2" small "$1" && echo mounted && exec sleep 100000';
  const tied = [
    'setpriv',
    '--pdeathsig',
    'KILL',
    '--',
    'unshare',
    '--mount',
    '--propagation',
    'private',
    '--',
  ];
  const all = [...tied, 'sh', '-c', script, 'sh', folder, `${mebibytes}m`];
  const holder = spawn(all[0]!, all.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const pid = String(holder.pid);
  const place = faultStoreAt(folder, {
    ...beside,
    enter: ['nsenter', '--mount', '--target', pid, '--'],
    seen: (path) => `/proc/${pid}/root${path}`,
  });
  const resize = (size: string) =>
    spawnSync('nsenter', [...place.enter.slice(1), 'mount', '-o', `remount,size=${size}`, folder]).status ===
    0;
  return {
    place,
    fill(but) {
      // The build writes meanwhile, so more may be in use by the time that the limit comes.
      for (let tries = 0; tries < 100; tries++) {
        const { blocks, bfree, bsize } = statfsSync(place.seen(folder));
        if (resize(`${(blocks - bfree) * bsize + but}`)) return;
      }
      throw new Error(`cannot fill ${folder}`);
    },
    free: () => void resize(`${mebibytes}m`),
    async close() {
      const ended = once(holder, 'exit');
      holder.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
