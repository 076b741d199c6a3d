import type { AskedLine } from './fragment.ts';
import { configLine } from './merge.ts';
import { nearNames } from './near.ts';
import { renames } from './renames.ts';
import type { Symbols } from './symbols.ts';
import type { Finding, Resolved } from './verdict.ts';
import { compareVersions } from './version.ts';

/** Every symbol of every architecture, and the files that have it. */
export type Names = Map<string, string[]>;

/** What unpack.py wrote: a name and a file a line. */
export function parseNames(text: string): Names {
  const names: Names = new Map();
  for (const row of text.split('\n')) {
    const [name, file] = row.split(' ') as [string, string?];
    if (!file) continue;
    const files = names.get(name);
    if (files) files.push(file);
    else names.set(name, [file]);
  }
  return names;
}

/** Where a symbol that this kernel has not may have gone. Whether the line asks for n makes no difference. */
export function judgeUnknown(line: AskedLine, { kernel, after, names }: Resolved): Finding {
  const { symbol } = line;
  const unknown = (why: string, fixes: string[] = []): Finding => ({ kind: 'unknown', why: [why], fixes });
  const successor = after.get(symbol)?.transitional ? successorOf(symbol, after) : undefined;
  if (after.get(symbol)?.transitional)
    return unknown(
      `it is only read from old configurations${successor ? `, for ${successor}` : ''}`,
      successor ? [configLine({ ...line, symbol: successor })] : [],
    );
  const { to, since, note } = renames[symbol] ?? {};
  if (note && (!since || compareVersions(kernel, since) >= 0))
    return unknown(
      since ? `it is gone since ${since}: ${note}` : note,
      to && after.has(to) ? [configLine({ ...line, symbol: to })] : [],
    );
  const files = names.get(symbol);
  if (files) return unknown(`only ${files.slice(0, 3).join(', ')} ${files.length === 1 ? 'has' : 'have'} it`);
  const near = nearNames(symbol, after);
  return { ...unknown(`kernel ${kernel} has no such symbol`), near };
}

/** Of two names that Kconfig itself ties together: the new one's default is the old one. */
function successorOf(old: string, symbols: Symbols): string | undefined {
  const named = (other: { name: string; defaults: { value: object }[] }) =>
    other.name !== old && other.defaults.some(({ value }) => 'symbol' in value && value.symbol === old);
  return [...symbols.values()].find(named)?.name;
}
