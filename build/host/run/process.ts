import { logOutput } from './log-output.ts';
import { spawnDyingWithParent } from './spawn-child.ts';

export interface RunningProcess {
  pid: number;
  /** Settles when the process has ended, however it did. */
  ended: Promise<{ exitCode: number | null; stderr: string }>;
  kill(): void;
}

/** Starts a long-running command that dies with Ingot, even by SIGKILL. Its output goes to the log. */
export async function startProcess(command: string[], log: string): Promise<RunningProcess> {
  const child = spawnDyingWithParent(command, { detached: true });
  // A log that cannot be written must not end the program; the machine's own output tells the rest.
  const file = logOutput(child, log);
  child.stdin.end();
  const ended = child.then(({ exitCode, stderr }) => {
    file.end();
    return { exitCode, stderr };
  });
  const pid = child.pid!;
  let running = true;
  ended.then(() => {
    running = false;
  });
  return { pid, ended, kill: () => running && killed(pid) };
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself a moment ago, and only its pipes are still being read.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
