import { finished } from 'node:stream/promises';
import type { ProcessPromise } from 'zx/core';
import { excerpt, excerptLines } from '../../formats/text/excerpt.ts';
import { formatDuration } from '../../formats/text/size.ts';
import { IngotError } from '../../model/errors.ts';
import { interrupted, throwIfInterrupted } from '../interrupt.ts';
import { logOutput } from './log-output.ts';
import { spawnDyingWithParent } from './spawn-child.ts';

export interface CommandOptions {
  /** All output is written here; named in the error when the command fails. */
  log?: string;
  /** Fed to standard input; otherwise it is closed. */
  input?: NodeJS.ReadableStream | string;
  cwd?: string;
  /** Replaces the environment. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs one command and returns its standard output; throws COMMAND_FAILED with command, status, time, the
 * last 20 lines and the log's path; all output is the error's cause.
 *
 * The child gets its own process group, so a Ctrl-C reaches Ingot alone, and dies with Ingot even by SIGKILL.
 */
export async function run(command: string[], options: CommandOptions = {}): Promise<string> {
  throwIfInterrupted();
  const started = Date.now();
  const child = spawnDyingWithParent(command, {
    detached: true,
    cwd: options.cwd,
    ...(options.env ? { env: options.env } : {}),
    ...(typeof options.input === 'string' ? { input: options.input } : {}),
  });
  const result = await supervise(child, options);
  throwIfInterrupted();
  if (result.exitCode === 0) return result.stdout;
  throw new IngotError('COMMAND_FAILED', failure(command, result, Date.now() - started), {
    hint: options.log ? `the full log is ${options.log}` : undefined,
    cause: `${result.stdout}${result.stderr}`,
  });
}

async function supervise(child: ProcessPromise, { log, input }: CommandOptions) {
  // What could not even be started, for want of open files or memory, has no pipes.
  if (!child.pid) throw (await child).cause;
  const kill = () => child.pid && process.kill(child.pid, 'SIGKILL');
  interrupted.addEventListener('abort', kill);
  const written = log ? writeLog(child, log) : undefined;
  if (input && typeof input !== 'string') {
    // A child that ends early breaks the pipe; its exit status tells why.
    child.stdin.on('error', () => {});
    input.pipe(child.stdin);
  } else if (!input) child.stdin.end();
  try {
    return await child;
  } finally {
    interrupted.removeEventListener('abort', kill);
    await written;
  }
}

/**
 * Settles when all output is in the log; a log that cannot be written, as on a full disk, is an error as
 * well.
 */
async function writeLog(child: ProcessPromise, log: string): Promise<void> {
  const file = logOutput(child, log);
  const written = finished(file);
  written.catch(() => {});
  await child;
  file.end();
  await written;
}

function failure(
  command: string[],
  result: { exitCode: number | null; signal: string | null; stdout: string; stderr: string },
  milliseconds: number,
): string {
  const end = result.signal ? `killed by ${result.signal}` : `exit status ${result.exitCode}`;
  const typed = command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
  const output = excerptLines(result.stderr.trim() || result.stdout.trim());
  return `command failed after ${formatDuration(milliseconds)} with ${end}\n  ${excerpt(typed)}\n${output}`;
}
