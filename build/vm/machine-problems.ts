import { repeatedLines } from './journal-repeats.ts';
import { scanLog } from './log-patterns.ts';
import type { SelfReport } from './self-report.ts';

/** What is wrong with a machine that has said so much about itself, a line each. */
export function machineProblems({ state, failed, restarts, journal }: SelfReport): string[] {
  const lines = journal.map(({ seconds, identifier, message }) => `[${seconds}] ${identifier}: ${message}`);
  return [
    ...(state === 'running' ? [] : [`the system is ${state}`]),
    ...failed.map((unit) => `failed: ${unit}`),
    ...restartProblems(restarts),
    ...repeatedLines(journal).map((line) => `goes on in the journal: ${line}`),
    ...scanLog(lines.join('\n')),
  ];
}

/**
 * Units that systemd started again. A login that has not got to its end within a minute is given up: on a
 * slow machine it is begun again once, and then everything is in memory. The journal may begin again once,
 * when the initramfs hands over to the root.
 */
export function restartProblems(restarts: SelfReport['restarts']): string[] {
  return Object.entries(restarts)
    .filter(([unit, count]) => count > (/^((serial-)?getty@|systemd-journald\.)/.test(unit) ? 1 : 0))
    .map(([unit, count]) => `started again ${count} times: ${unit}`);
}
