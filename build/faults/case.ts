import { appendFileSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { checksumsSuffix } from '../formats/attest/sidecars.ts';
import { excerpt } from '../formats/text/excerpt.ts';
import { type Ended, stepsOf } from '../testdata/ingot.ts';
import { type FaultStore, startBuild } from './fault-store.ts';
import { type Expected, harm, leaks, look, partialFiles, untold } from './invariants.ts';

export interface Case {
  /** Row of the table that the case is counted in. */
  kind: string;
  name: string;
  place: FaultStore;
  /** Breaks a build, and returns how it ended and how it should have. */
  fault(): Promise<{ ended: Ended; expected: Expected }>;
  /** Entries of the store, as `files/…`, that the fault itself harms. */
  harmed?: string[];
  /** Another build was killed at the same time; what it left is the next one's to remove. */
  killed?: boolean;
  /** Takes the cause away before the rerun. */
  undo?(): void;
  /** The same command again: sha256 of what it delivers. Default: the build. */
  rerun?(): Promise<string>;
}

/** One broken build: what is wrong by each invariant's letter. */
export interface Verdict {
  case: Case;
  stage: string;
  problems: { [invariant: string]: string[] };
  milliseconds: number;
  before: ReturnType<typeof look>;
}

/** Breaks a build, runs it again, and expects all five invariants. */
export async function assertFault(broken: Case): Promise<void> {
  await assertInvariants([await injectFault(broken)]);
}

/** Breaks a build and looks at everything but the rerun. */
export async function injectFault(broken: Case): Promise<Verdict> {
  const { place } = broken;
  const started = Date.now();
  const before = look(place);
  const { ended, expected } = await broken.fault();
  const problems = {
    a: partialFiles(place, before),
    b: [],
    c: await leaks(place, broken.killed || ended.signal === 'SIGKILL' ? 'still to come' : 'done'),
    d: untold(ended, expected),
    e: harm(place, before, broken.harmed ?? []),
  };
  learn(ended);
  broken.undo?.();
  const stage = stepsOf(ended).at(-1)?.step ?? '';
  return { case: broken, stage, problems, milliseconds: Date.now() - started, before };
}

/** Runs the build again after one or several breaks, counts every case, and expects that nothing is wrong. */
export async function assertInvariants(verdicts: Verdict[]): Promise<void> {
  const { case: broken } = verdicts.at(-1)!;
  const { place } = broken;
  const started = Date.now();
  const again = await (broken.rerun ?? (() => rebuilt(place)))();
  const after = {
    a: partialFiles(place, verdicts[0]!.before),
    b: again === place.image.sha256 ? [] : [`the rerun gives ${again}`],
    c: await leaks(place, 'done'),
  };
  const each = (Date.now() - started) / verdicts.length;
  for (const { case: one, stage, problems, milliseconds } of verdicts) {
    for (const [letter, found] of Object.entries(after)) problems[letter]!.push(...found);
    const seconds = Math.round((milliseconds + each) / 100) / 10;
    record({ kind: one.kind, name: one.name, stage, seconds, problems });
  }
  const wrong = verdicts.filter(({ problems }) => Object.values(problems).flat().length);
  expect(wrong.map(({ case: { name }, problems }) => ({ name, ...problems }))).toEqual([]);
}

async function rebuilt(place: FaultStore): Promise<string> {
  const ended = await startBuild(place).ended;
  learn(ended);
  if (ended.status !== 0) return `status ${ended.status}: ${excerpt(ended.stderr)}`;
  const [built] = JSON.parse(ended.stdout) as { path: string; record: { sha256: string } }[];
  // The sums are of all that stands beside the image as well.
  const sums = (path: string) => readFileSync(`${path}.${checksumsSuffix}`, 'utf8');
  const differs = sums(place.seen(built!.path)) !== sums(place.image.path);
  return differs ? `other sums: ${sums(place.seen(built!.path))}` : built!.record.sha256;
}

const durations = new Map<string, number>();

/** Milliseconds that a step was seen to take, so that a random moment falls into it. */
export function durationOf(step: string): number {
  return durations.get(step) ?? 2000;
}

function learn(ended: Ended): void {
  for (const { step, milliseconds } of stepsOf(ended))
    if (milliseconds !== undefined) durations.set(step, milliseconds);
}

function record(line: {
  kind: string;
  name: string;
  stage: string;
  seconds: number;
  problems: object;
}): void {
  appendFileSync(process.env.INGOT_FAULT_CASES!, `${JSON.stringify(line)}\n`);
}
