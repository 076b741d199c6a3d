import type { WordVerdict } from './command-line.ts';
import type { Change } from './drift.ts';
import { configLine } from './merge.ts';
import type { Verdict } from './verdict.ts';

/** All that a check found, for one kernel. */
export interface KernelReport {
  /** What was checked: names of fragments or of a recipe. */
  what: string;
  kernel: string;
  base: string;
  verdicts: Verdict[];
  words: WordVerdict[];
  /** Other values that the lines change. */
  sideEffects: Change[];
  /** Values of the base that are not as it says, before any line. */
  drift: Change[];
  /** What the images need and the configuration lacks, and why two builds would differ; of recipes. */
  problems: string[];
}

export function isMet({ verdicts, words, problems }: KernelReport): boolean {
  return [...verdicts, ...words].every(({ met }) => met) && !problems.length;
}

/** What does not hold, each as a sentence of an error. */
export function unmetSentences({ verdicts, words, problems }: KernelReport): string[] {
  const lines = verdicts
    .filter(({ met }) => !met)
    .map((verdict) => `${verdict.line.at}: ${sentence(verdict)}`);
  const unknown = words
    .filter(({ met }) => !met)
    .map(({ word, why, near }) => `kernel word ${word}: ${why}${near ? `; near: ${near}` : ''}`);
  return [...lines, ...unknown, ...problems];
}

/** The line, its verdict and its reasons. */
export function sentence({ line, kind, why, fixes, near }: Verdict): string {
  const words = [`${configLine(line)}: ${kind.replaceAll('-', ' ')}`];
  if (why.length) words.push(`: ${why.join('; ')}`);
  if (fixes.length) words.push(`; fix: ${fixes.join(', ')}`);
  if (near?.length) words.push(`; near: ${near.join(', ')}`);
  return words.join('');
}

const mostChanges = 12;

export function renderReport(report: KernelReport): string {
  const { what, kernel, base, verdicts, words, sideEffects, drift, problems } = report;
  const unmet = [...verdicts, ...words].filter(({ met }) => !met).length;
  const counted = `${verdicts.length} lines${words.length ? `, ${words.length} words` : ''}`;
  return [
    `${what} on kernel ${kernel}, base ${base}: ${counted}, ${unmet || 'none'} not met`,
    ...verdicts.map((one) => `  ${one.met ? 'ok ' : '-- '} ${sentence(one)}${fromBase(one)}`),
    ...words.map(({ word, met, kind, why, near }) => {
      const said = `${kind}: ${why}${near ? `; near: ${near}` : ''}`;
      return `  ${met ? 'ok ' : '-- '} ${word}: ${said}`;
    }),
    ...problems.map((problem) => `  --  ${problem}`),
    ...changes('other values that the lines change', sideEffects),
    ...changes('values of the base that this compiler does not have', drift),
  ].join('\n');
}

function fromBase({ met, value, base }: Verdict): string {
  return met && base !== value ? ` (base ${base || 'has none'})` : '';
}

function changes(title: string, list: Change[]): string[] {
  if (!list.length) return [`  ${title}: none`];
  const shown = list
    .slice(0, mostChanges)
    .map(({ symbol, from, to }) => `${symbol} ${from || '""'} -> ${to || '""'}`);
  const rest = list.length - shown.length;
  return [`  ${title}: ${list.length}`, `      ${shown.join(', ')}${rest ? `, and ${rest} more` : ''}`];
}
