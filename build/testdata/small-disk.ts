import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type Place, placeAt } from './fault-place.ts';

export interface SmallDisk {
  place: Place;
  /** Another program's file takes all the space but so many bytes. */
  fill(but: number): void;
  /** That file is gone again. */
  free(): void;
  close(): Promise<void>;
}

/** A place on a file system of its own in memory, in a mount namespace that ends with this process. */
export async function openSmallDisk(beside: Place, mebibytes: number): Promise<SmallDisk> {
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
  const place = placeAt(folder, {
    ...beside,
    enter: ['nsenter', '--mount', '--target', pid, '--'],
    seen: (path) => `/proc/${pid}/root${path}`,
  });
  const ballast = place.seen(join(folder, 'ballast'));
  return {
    place,
    fill(but) {
      // The build writes meanwhile, so there may be less by the time that it is taken.
      for (let tries = 0; tries < 100; tries++) {
        const { bavail, bsize } = statfsSync(place.seen(folder));
        const length = String(Math.max(bavail * bsize - but, 1));
        if (spawnSync('fallocate', ['--length', length, ballast]).status === 0) return;
      }
      throw new Error(`cannot fill ${folder}`);
    },
    free: () => rmSync(ballast, { force: true }),
    async close() {
      const ended = once(holder, 'exit');
      holder.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
