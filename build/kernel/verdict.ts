import { level } from './expression.ts';
import type { AskedLine } from './fragment.ts';
import { judgeDerived, judgeHidden, judgeHigher, judgeLower } from './reasons.ts';
import type { KernelSymbol, Symbols } from './symbols.ts';
import { judgeUnknown, type Names } from './unknown.ts';

/** What can be said of a line, and what each means; the table in docs/kernels.md is made from this. */
export const verdictKinds = {
  met: 'the configuration has the value that was asked for',
  'met-derived': 'it has the value, but nobody can set this symbol: the line does nothing',
  unknown: 'this kernel has no such symbol, at least not for this machine',
  'not-selectable': 'a condition of the symbol is not met, so that the line is ignored',
  choice: 'another member of the same choice is taken',
  module: 'it was asked for built in and can only be a module',
  forced: 'other symbols select it',
  derived: 'nobody can set this symbol: its value follows from others',
  range: 'the number is smaller or larger than the symbol takes',
  type: 'the value is none that the symbol can have',
} as const;
export type VerdictKind = keyof typeof verdictKinds;

/** Why a line holds or not, as sentences, and the lines that would mend it. */
export interface Finding {
  kind: VerdictKind;
  why: string[];
  fixes: string[];
  /** Names that look alike; none is a successor for that. */
  near?: string[];
}

export interface Verdict extends Finding {
  line: AskedLine;
  /** Whether the line holds. */
  met: boolean;
  /** The value in the resolved configuration, and in the base; empty where there is no such symbol. */
  value: string;
  base: string;
}

/** The configuration as the kernel resolves it without the lines and with them. */
export interface Resolved {
  kernel: string;
  before: Symbols;
  after: Symbols;
  names: Names;
}

/** Judges every line of a resolved configuration. */
export function judgeLines(lines: AskedLine[], resolved: Resolved): Verdict[] {
  const asked = new Map(lines.map((line) => [line.symbol, line]));
  return lines.map((line) => {
    const finding = judge(line, asked, resolved);
    const { before, after } = resolved;
    return {
      line,
      met: finding.kind === 'met' || finding.kind === 'met-derived',
      value: after.get(line.symbol)?.value ?? '',
      base: before.get(line.symbol)?.value ?? '',
      ...finding,
    };
  });
}

function judge(line: AskedLine, asked: Map<string, AskedLine>, resolved: Resolved): Finding {
  const { after, before } = resolved;
  const symbol = after.get(line.symbol);
  if (!symbol || symbol.transitional) return judgeUnknown(line, resolved);
  const wrong = typeProblem(line, symbol);
  if (wrong) return { kind: 'type', why: [wrong], fixes: [] };
  const isLogical = symbol.type === 'bool' || symbol.type === 'tristate';
  if (isTakenMember(line, symbol, asked, before))
    return {
      kind: 'choice',
      why: [`it is the member that the choice "${symbol.choice!.title}" has: ask for the one that is wanted`],
      fixes: [],
    };
  if (isEqual(line, symbol))
    return { kind: symbol.prompts.length ? 'met' : 'met-derived', why: [], fixes: [] };
  if (!symbol.prompts.length) return judgeDerived(line, symbol, after);
  if (symbol.visible === 'n') return judgeHidden(line, symbol, after);
  if (!isLogical) return judgeRange(line, symbol);
  const higher = level(line.value) > level(symbol.value);
  return higher ? judgeHigher(line, symbol, after) : judgeLower(line, symbol, after);
}

function isEqual(line: AskedLine, { type, value }: KernelSymbol): boolean {
  return type === 'int' || type === 'hex' ? Number(value) === Number(line.value) : value === line.value;
}

/** To ask that the member which is taken be off says nothing of the one that is wanted. */
function isTakenMember(
  line: AskedLine,
  { name, choice }: KernelSymbol,
  asked: Map<string, AskedLine>,
  before: Symbols,
): boolean {
  if (!choice || line.value !== 'n' || before.get(name)?.value !== 'y') return false;
  const others = [...asked.values()].filter(({ value }) => value === 'y');
  return !others.some((other) => before.get(other.symbol)?.choice?.at === choice.at);
}

function typeProblem({ value, quoted }: AskedLine, { type }: KernelSymbol): string | undefined {
  const patterns = {
    bool: /^[yn]$/,
    tristate: /^[ymn]$/,
    int: /^-?\d+$/,
    hex: /^(0[xX])?[0-9a-fA-F]+$/,
  };
  if (type === 'unknown') return undefined;
  const written = quoted ? `"${value}"` : value;
  if (type === 'string') return quoted ? undefined : `it is a text: write "${value}" in quotes`;
  if (!quoted && patterns[type].test(value)) return undefined;
  const takes = { bool: 'y or n', tristate: 'y, m or n', int: 'a whole number', hex: 'a number in hex' };
  return `it takes ${takes[type]}, not ${written}`;
}

function judgeRange({ value }: AskedLine, symbol: KernelSymbol): Finding {
  const limits = symbol.ranges.map(({ from, to }) => `${from} to ${to}`).join(' or ');
  const why = [`it takes ${limits || 'other numbers'}, and the kernel makes ${symbol.value} of ${value}`];
  return { kind: 'range', why, fixes: [] };
}
