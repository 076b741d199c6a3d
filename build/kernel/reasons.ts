import { bestPrompt, selectors, terms, textOf, type Unmet, unmetTerms } from './expression.ts';
import type { AskedLine } from './fragment.ts';
import { configLine } from './merge.ts';
import type { KernelSymbol, Symbols, Tristate } from './symbols.ts';
import type { Finding } from './verdict.ts';

/** Nobody can set it: who decides the value, and what to set instead. */
export function judgeDerived(line: AskedLine, symbol: KernelSymbol, symbols: Symbols): Finding {
  const setting = symbol.defaults.find(
    ({ value, if: condition }) => condition && textOf(value) === line.value && terms(condition, 'and').length,
  );
  const term = setting && terms(setting.if, 'and').find((one) => 'symbol' in one);
  const by = selectors(symbol.selected, symbols);
  const why = ['it has no prompt'];
  if (setting) why.push(`it is ${line.value} if ${textOf(setting.if!)}`);
  if (by.length) why.push(`${selects(by)} it`);
  const fix = term && 'symbol' in term && symbols.get(term.symbol)?.prompts.length ? term.symbol : undefined;
  return { kind: 'derived', why, fixes: fix ? [`CONFIG_${fix}=y`] : [] };
}

/** Its prompt is not shown, so that conf does not read the line. */
export function judgeHidden(line: AskedLine, symbol: KernelSymbol, symbols: Symbols): Finding {
  const wanted = symbol.type === 'tristate' && line.value === 'm' ? 'm' : 'y';
  const by = line.value === 'n' ? selectors(symbol.selected, symbols) : [];
  if (by.length) return { kind: 'forced', why: [`${selects(by)} it`], fixes: [] };
  const unmet = unmetTerms(bestPrompt(symbol, symbols), wanted, symbols);
  const { why, fixes } = together(unmet);
  return { kind: 'not-selectable', why: [...why, ...takenMember(symbol, symbols)], fixes };
}

/** More was asked for than there is. */
export function judgeHigher(line: AskedLine, symbol: KernelSymbol, symbols: Symbols): Finding {
  const taken = takenMember(symbol, symbols);
  if (taken.length) return { kind: 'choice', why: taken, fixes: [] };
  const wanted = line.value as Tristate;
  const { why, fixes } = together(unmetTerms(bestPrompt(symbol, symbols), wanted, symbols));
  if (symbol.visible === 'm' && wanted === 'y') return { kind: 'module', why, fixes };
  const depends = together(unmetTerms(symbol.depends, wanted, symbols));
  return {
    kind: 'not-selectable',
    why: why.length ? why : depends.why,
    fixes: fixes.length ? fixes : depends.fixes,
  };
}

/** Less was asked for than there is. */
export function judgeLower(line: AskedLine, symbol: KernelSymbol, symbols: Symbols): Finding {
  const by = selectors(symbol.selected, symbols);
  if (by.length) return { kind: 'forced', why: [`${selects(by)} it`], fixes: [] };
  const other = `conf makes ${symbol.value} of ${configLine(line)}`;
  return { kind: symbol.choice ? 'choice' : 'not-selectable', why: [other], fixes: [] };
}

function together(unmet: Unmet[]): { why: string[]; fixes: string[] } {
  const why = unmet.length ? [`it needs ${unmet.map(({ text }) => text).join(', ')}`] : [];
  // A part of the lines would not help.
  const all = unmet.length && unmet.every(({ fixes }) => fixes.length);
  return { why, fixes: all ? [...new Set(unmet.flatMap(({ fixes }) => fixes))] : [] };
}

/** The member that is taken instead, of a symbol that is one of a choice. */
function takenMember({ name, choice }: KernelSymbol, symbols: Symbols): string[] {
  if (!choice) return [];
  const members = [...symbols.values()].filter((other) => other.choice?.at === choice.at);
  const taken = members.find((other) => other.value === 'y' && other.name !== name);
  return taken ? [`the choice "${choice.title}" has ${taken.name}`] : [];
}

function selects(by: string[]): string {
  const shown = by.slice(0, 3).join(', ');
  if (by.length <= 3) return `${shown} ${by.length === 1 ? 'selects' : 'select'}`;
  return `${shown} and ${by.length - 3} more select`;
}
