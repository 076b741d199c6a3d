import { IngotError } from '../model/errors.ts';
import type { AskedLine, Fragment } from './fragment.ts';
import type { Symbols } from './symbols.ts';
import { isFor } from './version.ts';

/**
 * The lines of all fragments for a kernel, each symbol once, sorted by name: the order of fragments plays no
 * part. Two that ask for different values of one symbol are refused with both names.
 */
export function compose(fragments: Fragment[], kernel: string): AskedLine[] {
  const bySymbol = new Map<string, AskedLine>();
  const problems: string[] = [];
  for (const line of fragments.flatMap(({ lines }) => lines)) {
    if (!isFor(line.range, kernel)) continue;
    const other = bySymbol.get(line.symbol);
    if (!other) bySymbol.set(line.symbol, line);
    else if (other.value !== line.value || other.quoted !== line.quoted)
      problems.push(`${both(other, line)} disagree about CONFIG_${line.symbol}: ${say(other)}, ${say(line)}`);
  }
  refuse(problems);
  return [...bySymbol.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

/** Refuses lines that ask for two members of one choice: no line is there twice, and only one can be met. */
export function refuseChoices(lines: AskedLine[], symbols: Symbols): void {
  const chosen = new Map<string, AskedLine>();
  const problems: string[] = [];
  for (const line of lines) {
    const choice = line.value === 'y' ? symbols.get(line.symbol)?.choice : undefined;
    if (!choice) continue;
    const other = chosen.get(choice.at);
    if (other)
      problems.push(
        `${both(other, line)} ask for two members of the choice "${choice.title}": ${say(other)}, ${say(line)}`,
      );
    else chosen.set(choice.at, line);
  }
  refuse(problems);
}

/** A configuration with the lines in place of its own: what `conf` reads. */
export function mergeConfig(base: string, lines: string[]): string {
  const asked = new Set(lines.map(symbolOf));
  const kept = base.split('\n').filter((row) => row && !asked.has(symbolOf(row) ?? ''));
  return [...kept, ...lines, ''].join('\n');
}

function symbolOf(row: string): string | undefined {
  return /^(?:# )?CONFIG_(\w+)(?:=| is not set)/.exec(row)?.[1];
}

/** The line as .config has it. */
export function configLine({
  symbol,
  value,
  quoted,
}: Pick<AskedLine, 'symbol' | 'value' | 'quoted'>): string {
  if (quoted) return `CONFIG_${symbol}="${value.replaceAll(/["\\]/g, '\\$&')}"`;
  return value === 'n' ? `# CONFIG_${symbol} is not set` : `CONFIG_${symbol}=${value}`;
}

function both(a: AskedLine, b: AskedLine): string {
  return a.fragment === b.fragment ? `lines of ${a.fragment}` : `${a.fragment} and ${b.fragment}`;
}

function say(line: AskedLine): string {
  return `CONFIG_${line.symbol}=${line.quoted ? `"${line.value}"` : line.value} (${line.at})`;
}

function refuse(problems: string[]): void {
  if (!problems.length) return;
  throw new IngotError('FRAGMENT_UNMET', problems.join('; '), {
    hint: 'take one of the lines out, or leave one of the fragments out of the recipe',
  });
}
