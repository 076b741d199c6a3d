import { IngotError, shortList } from '../model/errors.ts';
import { overlap, parseRange, type VersionRange } from './version.ts';

/** One line of a fragment. */
export interface AskedLine {
  /** Name without CONFIG_. */
  symbol: string;
  /** As .config has it: `y`, `m`, `n`, a number, or a text without its quotes. */
  value: string;
  /** The value is written in quotes. */
  quoted: boolean;
  reason: string;
  range: VersionRange;
  /** The fragment that has it, and where: `kernel/laptop.config:12`. */
  fragment: string;
  at: string;
}

export interface Fragment {
  /** As errors call it: the name of its file, or the recipe. */
  name: string;
  /** What it is for; absent where it does not begin with `# Purpose:`. */
  purpose?: string;
  lines: AskedLine[];
}

const setting = /^CONFIG_([A-Za-z0-9_]+)=(.*)$/;
const notSet = /^# CONFIG_([A-Za-z0-9_]+) is not set$/;
const values = /^(?:[ymn]|"(?:[^"\\]|\\.)*"|-?\d+|0[xX][0-9a-fA-F]+)$/;
const purposeLine = /^# Purpose: (\S.*)$/;

/**
 * Reads a fragment. It has the form of a .config, so that the kernel's own scripts take it as well; directly
 * above each line a comment says why it is there, which may end in `[from 6.13]` or `[before 7.0]`. Throws
 * one error with every problem.
 */
export function parseFragment(text: string, { name, file }: { name: string; file: string }): Fragment {
  const lines: AskedLine[] = [];
  const problems: string[] = [];
  const rows = text.split('\n').map((row) => row.trimEnd());
  const purpose = purposeLine.exec(rows[0]!)?.[1];
  let comment: string[] = [];
  for (const [index, row] of rows.entries()) {
    const at = `${file}:${index + 1}`;
    const [, symbol, written] = setting.exec(row) ?? [...(notSet.exec(row) ?? []), 'n'];
    if (symbol) {
      const { reason, range, problem } = readReason(comment.join(' '));
      comment = [];
      if (!values.test(written!))
        problems.push(`${at}: CONFIG_${symbol} has the value ${written}, which is none`);
      else if (!reason) problems.push(`${at}: CONFIG_${symbol} has no reason`);
      else if (problem) problems.push(`${at}: ${problem}`);
      else lines.push({ symbol, ...writtenValue(written!), reason, range, fragment: name, at });
    } else if (row.startsWith('#')) {
      if (/^#\s*CONFIG_\w+\s*(=|is\b)/.test(row)) problems.push(`${at}: "${row}" is no line of a .config`);
      if (!purposeLine.test(row)) comment.push(row.replace(/^#+\s*/, ''));
    } else {
      comment = [];
      if (row) problems.push(`${at}: "${row}" is no line of a .config`);
    }
  }
  problems.push(...duplicates(lines));
  if (problems.length)
    throw new IngotError('INPUT_INVALID', shortList(problems, { shown: 20, separator: '; ' }), {
      hint: 'a line is CONFIG_NAME=value or "# CONFIG_NAME is not set", once, with a comment directly above it that says why',
    });
  return { name, ...(purpose ? { purpose } : {}), lines };
}

/** Whether a text is a fragment of a purpose, and not of a feature. */
export function hasPurpose(text: string): boolean {
  return purposeLine.test(text.split('\n', 1)[0]!.trimEnd());
}

function readReason(comment: string): { reason: string; range: VersionRange; problem?: string } {
  const [, reason, bracket] = /^(.*?)(?:\s*\[([^\]]*)\])?$/.exec(comment)!;
  if (bracket === undefined) return { reason: reason!, range: {} };
  const range = parseRange(bracket);
  if (range) return { reason: reason!, range };
  const problem = `[${bracket}] is no condition on the version: write [from 6.13], [before 7.0] or both`;
  return { reason: reason!, range: {}, problem };
}

function writtenValue(written: string): { value: string; quoted: boolean } {
  if (!written.startsWith('"')) return { value: written, quoted: false };
  return { value: written.slice(1, -1).replaceAll(/\\(.)/g, '$1'), quoted: true };
}

function duplicates(lines: AskedLine[]): string[] {
  return lines.flatMap((line, index) => {
    const before = lines
      .slice(0, index)
      .find(({ symbol, range }) => symbol === line.symbol && overlap(range, line.range));
    return before ? [`${line.at}: CONFIG_${line.symbol} is there already, at ${before.at}`] : [];
  });
}
