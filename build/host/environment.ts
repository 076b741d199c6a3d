import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { opendir, statfs } from 'node:fs/promises';
import { availableParallelism, getPriority, homedir, hostname } from 'node:os';
import { repository } from './fs/files.ts';

/**
 * What of the machine and the user a build can see, and must not depend on. `verify` varies each of these.
 */
export interface BuildEnvironment {
  /** Seconds since 1970. */
  clock: number;
  /** Minutes that local time is behind UTC. */
  utcOffsetMinutes: number;
  locale: string;
  /** The user id that this process's id 0 is outside of its user namespace. */
  outsideUid: number;
  home: string;
  umask: number;
  checkout: string;
  store: string;
  storeFileSystem: string;
  /** Hash of the checkout's names in the order in which the file system gives them. */
  directoryOrder: string;
  cpus: number;
  nice: number;
  hostName: string;
  shell: string;
  /** Names of all environment variables, sorted. */
  variables: string[];
}

let callersUmask = 0o022;

/** Modes of what is rendered and built are the recipe's, whatever the caller's umask. */
export function fixUmask(): void {
  callersUmask = process.umask(0o022);
}

/** For a program that is to see what this one saw. */
export function restoreUmask(): void {
  process.umask(callersUmask);
}

export async function describeEnvironment(store: string): Promise<BuildEnvironment> {
  const { type } = await statfs(store);
  return {
    clock: Math.floor(Date.now() / 1000),
    utcOffsetMinutes: new Date().getTimezoneOffset(),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    outsideUid: Number(readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/)[1]),
    home: homedir(),
    umask: callersUmask,
    checkout: repository,
    store,
    storeFileSystem: type === tmpfs ? 'tmpfs' : `0x${type.toString(16)}`,
    directoryOrder: await orderOf(repository, [
      'build/host',
      'build/stages',
      'recipes/features',
      'packages-lists',
    ]),
    cpus: availableParallelism(),
    nice: getPriority(),
    hostName: hostname(),
    // dash tells no version; only bash sets the variable.
    shell: execFileSync('sh', ['-c', 'echo "${BASH_VERSION:+bash}"'], { encoding: 'utf8' }).trim() || 'sh',
    variables: Object.keys(process.env).sort(),
  };
}

/** TMPFS_MAGIC of Linux's magic.h. */
const tmpfs = 0x01021994;

/** Node sorts what readdir gives; opendir passes the file system's own order on. */
async function orderOf(root: string, folders: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders)
    for await (const entry of await opendir(`${root}${folder}`)) hash.update(`${entry.name}\n`);
  return hash.digest('hex');
}
