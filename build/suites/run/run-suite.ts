import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repository } from '../../host/fs/files.ts';
import type { SmokeReport } from '../../vm/report.ts';
import { bootsMachines, type Suite } from './suites.ts';

const nameWidth = 8;

/** How one suite ended. */
export interface Outcome {
  suite: Suite;
  seconds: number;
  passed: number;
  failed: number;
  skipped: number;
  /** Boot attempts that the emulator spoiled and that were repeated. */
  repeatedBoots: number;
  /** Whether at least one test ran, and none failed. */
  ok: boolean;
  /** Of each test that failed, its name and why; or why none ran. */
  failures: { test: string; message: string }[];
}

/** What vitest writes as JSON, as far as it is used here. */
export interface VitestResults {
  testResults: {
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
  }[];
}

/**
 * Runs one suite in a process of its own, so that it takes nothing along from the one before. With `beside`
 * another suite writes to the terminal at the same time, so every line says whose it is.
 */
export async function runSuite(
  suite: Suite,
  { folder, signal, beside }: { folder: string; signal: AbortSignal; beside: boolean },
): Promise<Outcome> {
  const started = Date.now();
  const results = join(folder, `${suite.project}-${suite.name}.json`);
  rmSync(results, { force: true });
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', suite.project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  // It also ends when this process is killed, and then its own children do.
  const tie = ['--pdeathsig', 'TERM', '--', process.execPath];
  const child = spawn('setpriv', [...tie, ...vitest, ...reporters, suite.file], {
    cwd: repository,
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  for (const output of [child.stdout, child.stderr])
    if (output)
      createInterface({ input: output }).on('line', (line) =>
        console.log(`${suite.name.padEnd(nameWidth)} | ${line}`),
      );
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  const [status] = await once(child, 'close');
  signal.removeEventListener('abort', stop);
  const found = existsSync(results)
    ? (JSON.parse(readFileSync(results, 'utf8')) as VitestResults)
    : undefined;
  const seconds = (Date.now() - started) / 1000;
  // The reports of the suite beside are not this one's.
  const repeatedBoots = beside && !bootsMachines(suite) ? 0 : repeatedSince(started);
  return { suite, seconds, repeatedBoots, ...judgeResults(found, status) };
}

/** Counts what vitest found; its exit status tells of errors outside tests. */
export function judgeResults(
  results: VitestResults | undefined,
  status: number | null,
): Pick<Outcome, 'passed' | 'failed' | 'skipped' | 'ok' | 'failures'> {
  const files = results?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (wanted: string) => tests.filter((test) => test.status === wanted).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const failures = tests
    .filter((test) => test.status === 'failed')
    .map((test) => ({ test: test.fullName, message: (test.failureMessages ?? []).join('\n') }));
  for (const { message } of files) if (message) failures.push({ test: 'the file', message });
  const ok = status === 0 && passed > 0 && !failed;
  if (!ok && !failures.length)
    failures.push({ test: 'the file', message: passed ? `vitest ended with ${status}` : 'no test ran' });
  return { passed, failed, skipped: tests.length - passed - failed, ok, failures };
}

/** Boot attempts that were repeated, by the reports of starts that were written since a moment. */
function repeatedSince(milliseconds: number): number {
  const folders = ['out/test', 'out/qemu'].map((name) => join(repository, name)).filter(existsSync);
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((n) => join(folder, n)),
    )
    .filter((path) => /-[^/]+\/report\.json$/.test(path) && statSync(path).mtimeMs >= milliseconds)
    .reduce(
      (sum, path) => sum + (JSON.parse(readFileSync(path, 'utf8')) as SmokeReport).failedAttempts.length,
      0,
    );
}
