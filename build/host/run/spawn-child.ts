import { type SpawnOptions, spawn } from 'node:child_process';
import { $, type Options, type ProcessPromise } from 'zx/core';

/**
 * Starts a command that dies with this process even by SIGKILL: the kernel is asked for a parent-death
 * signal, and then the parent is looked at once more, for it may have died just before the asking. Where
 * memory runs out, the kernel ends the command first (proc_pid_oom_score_adj(5)), so that Ingot is left to
 * tell what happened.
 *
 * No shell of zx's is in between: with a fresh environment and a socket as standard input, which is what
 * Node.js gives, bash takes itself for a remote login and runs the user's ~/.bashrc first.
 */
export function spawnDyingWithParent(command: string[], options: Partial<Options>): ProcessPromise {
  const unlessOrphaned = '[ "$PPID" = "$0" ] && echo 1000 > /proc/self/oom_score_adj && exec "$@"';
  const tie = ['--pdeathsig', 'KILL', '--', 'sh', '-c', unlessOrphaned, String(process.pid)];
  const start = (_shell: string, _line: string[], how: SpawnOptions) =>
    spawn('setpriv', [...tie, ...command], { ...how, shell: false });
  return $({ quiet: true, nothrow: true, ...options, spawn: start as typeof spawn })`${command}`;
}
