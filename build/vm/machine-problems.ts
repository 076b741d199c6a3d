import { repeatedLines } from './journal-repeats.ts';
import { scanLog } from './log-patterns.ts';
import type { SelfReport } from './self-report.ts';

/** What is wrong with a machine that has said so much about itself, a line each. */
export function machineProblems({ state, failed, restarts, journal }: SelfReport): string[] {
  const lines = journal.map(({ seconds, identifier, message }) => `[${seconds}] ${identifier}: ${message}`);
  return [
    ...(state === 'running' ? [] : [`the system is ${state}`]),
    ...failed.map((unit) => `failed: ${unit}`),
    ...Object.entries(restarts).map(([unit, count]) => `started again ${count} times: ${unit}`),
    ...repeatedLines(journal).map((line) => `goes on in the journal: ${line}`),
    ...scanLog(lines.join('\n')),
  ];
}
