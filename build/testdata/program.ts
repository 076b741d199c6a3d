import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs a program to its end; `env` is added to the environment. */
export async function runProgram(
  command: string[],
  cwd: string,
  env: object = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const [program, ...args] = command;
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(program!, args, { env: { ...process.env, ...env }, cwd, stdio });
  const ended = once(child, 'close');
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}
