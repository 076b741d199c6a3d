import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Answer, Request } from './runner.ts';

export interface Finding {
  /** Makes the input again, together with target and seed. */
  index: number;
  kind: 'defect' | 'hang' | 'memory' | 'crash';
  reason: string;
  /** Base64 of the input made smaller; only of a defect, which the process survives. */
  input?: string;
}

export interface FuzzReport {
  target: string;
  tried: number;
  accepted: number;
  refused: { [code: string]: number };
  slowest: Answer['slowest'];
  /** Largest resident size of the whole process that parsed. */
  peakBytes: number;
  seconds: number;
  findings: Finding[];
}

export interface FuzzOptions {
  target: string;
  seed: string;
  from?: number;
  count: number;
  /** Called a few times a second. */
  progress?: (tried: number) => void;
}

/** The process that parses; it is replaced when it hangs, dies or grows. */
export interface Parsers {
  ask(request: Request): Promise<Answer | { died: string } | 'silent'>;
  stop(): void;
}

export const limits = { milliseconds: 1000, bytes: 256 * 1024 * 1024 };
const budgetMilliseconds = 250;
/** What an answer may take longer than its inputs, on a busy machine. */
const patienceMilliseconds = 5000;
const leastSingles = 1000;
const maxFindings = 10;

/**
 * Tries inputs; one that takes too long or too much is found by trying those after the last good answer one
 * by one.
 */
export async function fuzz(parsers: Parsers, options: FuzzOptions): Promise<FuzzReport> {
  const { target, seed, from = 0, count, progress } = options;
  const report: FuzzReport = emptyReport(target, from);
  const started = performance.now();
  const to = from + count;
  let [next, widest, singles] = [from, 1, 0];
  while (next < to && report.findings.length < maxFindings) {
    const single = singles > 0;
    const request = { target, seed, from: next, to: single ? next + 1 : to, budgetMilliseconds };
    const answer = await parsers.ask(request);
    const excess = excessOf(answer);
    if (excess) {
      parsers.stop();
      if (single) report.findings.push({ index: next++, ...excess });
      else singles = Math.max(leastSingles, widest * 2);
      continue;
    }
    const { finding, ...counts } = answer as Answer;
    add(report, counts);
    if (finding) report.findings.push({ index: counts.next - 1, kind: 'defect', ...finding });
    if (single) singles -= 1;
    else widest = Math.max(widest, counts.next - next);
    next = counts.next;
    progress?.(next - from);
  }
  return { ...report, tried: next - from, seconds: (performance.now() - started) / 1000 };
}

/** Starts processes that parse with the targets exported by `module`, one at a time. */
export function startParsers(module: string): Parsers {
  let running: Promise<ChildProcess> | undefined;
  const stop = () => {
    running?.then((child) => child.kill('SIGKILL'));
    running = undefined;
  };
  return {
    stop,
    async ask(request) {
      running ??= start(module);
      const child = await running;
      const over = new AbortController();
      const { signal } = over;
      const limit = request.budgetMilliseconds + limits.milliseconds + patienceMilliseconds;
      let said = '';
      const listen = (chunk: Buffer) => {
        said = (said + chunk).slice(-2000);
      };
      child.stderr!.on('data', listen);
      child.send(request);
      try {
        return await Promise.race([
          once(child, 'message', { signal }).then(([answer]) => answer as Answer),
          once(child, 'exit', { signal }).then(([status, by]) => ({
            died: `${by ?? status}: ${said.trim()}`,
          })),
          sleep(limit, 'silent' as const, { signal }),
        ]);
      } finally {
        child.stderr!.off('data', listen);
        over.abort();
      }
    },
  };
}

async function start(module: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('runner.ts', import.meta.url)), [module], {
    // A small heap is collected early, so that the resident size tells what is kept.
    execArgv: ['--import', 'tsx', '--max-old-space-size=160', '--max-semi-space-size=4'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

function excessOf(answer: Answer | { died: string } | 'silent'): Omit<Finding, 'index'> | undefined {
  if (answer === 'silent') return { kind: 'hang', reason: `no answer within ${limits.milliseconds} ms` };
  if ('died' in answer) {
    const kind = /out of memory/.test(answer.died) ? 'memory' : 'crash';
    return { kind, reason: `the process ended with ${answer.died}` };
  }
  // First, because taking memory takes time as well.
  if (answer.peakBytes > limits.bytes)
    return { kind: 'memory', reason: `resident size grew to ${(answer.peakBytes / 2 ** 20).toFixed(0)} MiB` };
  const { milliseconds } = answer.slowest;
  if (milliseconds > limits.milliseconds)
    return { kind: 'hang', reason: `took ${milliseconds.toFixed(0)} ms` };
  return undefined;
}

function emptyReport(target: string, from: number): FuzzReport {
  const slowest = { index: from, milliseconds: 0 };
  return { target, tried: 0, accepted: 0, refused: {}, slowest, peakBytes: 0, seconds: 0, findings: [] };
}

function add(report: FuzzReport, answer: Omit<Answer, 'finding'>): void {
  report.accepted += answer.accepted;
  for (const [code, count] of Object.entries(answer.refused))
    report.refused[code] = (report.refused[code] ?? 0) + count;
  if (answer.slowest.milliseconds > report.slowest.milliseconds) report.slowest = answer.slowest;
  report.peakBytes = Math.max(report.peakBytes, answer.peakBytes);
}
