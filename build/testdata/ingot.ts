import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repository } from '../host/fs/files.ts';

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Largest resident size that was seen, in MiB. */
  peakMiB: number;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Settles when progress says that a step with this name begins, or when the command ends. */
  begins(step: string): Promise<void>;
}

/** How a command is started, where it is not as by a user in this checkout. */
export interface How {
  /** Another checkout than this one. */
  checkout?: string;
  /** A command that becomes Ingot's, as `prlimit --nofile=30`. */
  prefix?: string[];
  /** Gives it a process group of its own, as a terminal does. */
  group?: boolean;
}

/** Starts the command line as a user would, with progress as JSON lines. */
export function startIngot(args: string[], env: Record<string, string> = {}, how: How = {}): Started {
  const command = [...(how.prefix ?? []), 'node', join(how.checkout ?? repository, 'scripts/ingot.mjs')];
  // A build that a killed test has started stops as well.
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', ...command, ...args, '--json'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: how.group ?? false,
  });
  const result = { stdout: '', stderr: '', peakMiB: 0 };
  const begun = new Set<string>();
  const waiting: (() => void)[] = [];
  child.stdout.on('data', (chunk) => {
    result.stdout += chunk;
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    result.stderr += `${line}\n`;
    if (line.startsWith('{"event":"begin"')) begun.add(JSON.parse(line).step);
    for (const wake of waiting) wake();
  });
  const watch = setInterval(() => {
    result.peakMiB = Math.max(result.peakMiB, residentMiB(child.pid!));
  }, 200);
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (status, signal) => {
      clearInterval(watch);
      resolve({ status, signal, ...result });
    }),
  );
  const begins = (step: string) =>
    new Promise<void>((resolve) => {
      const look = () => begun.has(step) && resolve();
      waiting.push(look);
      look();
      ended.then(() => resolve());
    });
  return { child, ended, begins };
}

/** Steps that progress told of, in order; those without a time had not ended. */
export function stepsOf({ stderr }: { stderr: string }): { step: string; milliseconds?: number }[] {
  const events = stderr.split('\n').filter((line) => /^\{"event":"(begin|end)"/.test(line));
  const steps: { step: string; milliseconds?: number }[] = [];
  for (const { event, step, milliseconds } of events.map((line) => JSON.parse(line)))
    if (event === 'begin') steps.push({ step });
    else Object.assign(steps.find((known) => known.step === step)!, { milliseconds });
  return steps;
}

function residentMiB(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // It has just ended.
    return 0;
  }
}
