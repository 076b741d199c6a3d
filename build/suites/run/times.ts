import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../host/fs/files.ts';
import { IngotError } from '../../model/errors.ts';
import type { Outcome } from './run-suite.ts';
import type { Suite } from './suites.ts';

/** What a suite took when its time was last recorded. */
export interface SuiteTime {
  seconds: number;
  tests: number;
  /** Processors of the machine. */
  cores: number;
  /** Settings that made it run a part only. */
  part?: string;
}

export type SuiteTimes = { [file: string]: SuiteTime };

const path = join(repository, 'scripts/results/suite-times.json');
/** Variables by which a suite runs a sample. */
const sampling = ['INGOT_FAULTS', 'INGOT_TARGETS', 'INGOT_POWER_CUTS', 'INGOT_ENVIRONMENTS'];

export function readTimes(): SuiteTimes {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SuiteTimes) : {};
}

/** Writes the times of suites that passed into the committed table; the rows of all others stay. */
export function recordTimes(outcomes: Outcome[]): void {
  const times = readTimes();
  const part = sampling.flatMap((name) => (process.env[name] ? [`${name}=${process.env[name]}`] : []));
  for (const { suite, ok, seconds, passed } of outcomes)
    if (ok)
      times[suite.file] = {
        seconds: Math.round(seconds),
        tests: passed,
        cores: availableParallelism(),
        ...(part.length ? { part: part.join(' ') } : {}),
      };
  const rows = Object.entries(times)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, time]) => `  ${JSON.stringify(file)}: ${JSON.stringify(time)}`);
  writeFileSync(path, `{\n${rows.join(',\n')}\n}\n`);
}

/** Which part of the suites one of several machines runs, as `1/4` says. */
export function parseShard(text: string): { index: number; count: number } {
  const [, index, count] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (!index || !count || index > count)
    throw new IngotError('USAGE', `--shard ${text} is no part of a whole`, { hint: '--shard 1/4' });
  return { index, count };
}

/** For a suite whose time nobody has recorded. */
const unknownSeconds = 180;

/** Splits suites over machines so that each has about as long to do: the longest first, to whom has least. */
export function shardOf(
  suites: Suite[],
  times: SuiteTimes,
  { index, count }: { index: number; count: number },
): Suite[] {
  const seconds = (suite: Suite) => times[suite.file]?.seconds ?? unknownSeconds;
  const shards = Array.from({ length: count }, () => ({ seconds: 0, suites: new Set<Suite>() }));
  for (const suite of [...suites].sort((a, b) => seconds(b) - seconds(a) || (a.file < b.file ? -1 : 1))) {
    const least = shards.reduce((one, other) => (other.seconds < one.seconds ? other : one));
    least.suites.add(suite);
    least.seconds += seconds(suite);
  }
  return suites.filter((suite) => shards[index - 1]!.suites.has(suite));
}
