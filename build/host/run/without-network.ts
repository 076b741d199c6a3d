import { networkInterfaces } from 'node:os';
import { restoreUmask } from '../environment.ts';
import { interrupted } from '../interrupt.ts';
import { spawnDyingWithParent } from './spawn-child.ts';

/** Whether this process is in a network namespace where not even the loopback device is up. */
export function hasNoNetwork(): boolean {
  return Object.keys(networkInterfaces()).length === 0;
}

/**
 * Runs this very command once more, in an empty network namespace of its own, and returns its exit status.
 */
export async function rerunWithoutNetwork(): Promise<number> {
  const command = ['unshare', '--net', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  restoreUmask();
  // In the same process group and on the same terminal, so that Ctrl-C and questions reach it.
  const child = spawnDyingWithParent(command, { detached: false, stdio: 'inherit' });
  const stop = () => child.pid && process.kill(child.pid, 'SIGTERM');
  interrupted.addEventListener('abort', stop);
  const { exitCode } = await child;
  interrupted.removeEventListener('abort', stop);
  return exitCode ?? 1;
}
