import type { Expression, Symbols, Tristate } from './symbols.ts';

const order = { n: 0, m: 1, y: 2 } as const;

/** A term that keeps a condition down, with the words that say why and the line that would mend it. */
export interface Unmet {
  text: string;
  /** Lines to add: `CONFIG_IKCONFIG=y`. */
  fixes: string[];
}

export function level(value: string): number {
  return order[value as Tristate] ?? 0;
}

/** The value of a condition, as Kconfig works it out. */
export function evaluate(expression: Expression | undefined, symbols: Symbols): Tristate {
  if (!expression) return 'y';
  if ('constant' in expression) return asTristate(expression.constant);
  if ('symbol' in expression) {
    const symbol = symbols.get(expression.symbol);
    return symbol?.type === 'bool' || symbol?.type === 'tristate' ? asTristate(symbol.value) : 'n';
  }
  if ('not' in expression) return (['y', 'm', 'n'] as const)[level(evaluate(expression.not, symbols))]!;
  if ('compare' in expression) return compares(expression, symbols) ? 'y' : 'n';
  const [a, b] = ('and' in expression ? expression.and : expression.or).map((one) => evaluate(one, symbols));
  const lower = level(a!) < level(b!) ? a! : b!;
  return 'and' in expression ? lower : lower === a ? b! : a!;
}

function asTristate(value: string): Tristate {
  return value === 'y' || value === 'm' ? value : 'n';
}

function compares({ compare, of }: Extract<Expression, { compare: string }>, symbols: Symbols): boolean {
  const [a, b] = of.map((one) =>
    'symbol' in one ? (symbols.get(one.symbol)?.value ?? one.symbol) : textOf(one),
  );
  if (compare === '=') return a === b;
  if (compare === '!=') return a !== b;
  const difference = Number(a) - Number(b);
  return { '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 }[compare];
}

/** As Kconfig files write it. */
export function textOf(expression: Expression): string {
  if ('constant' in expression) return expression.constant;
  if ('symbol' in expression) return expression.symbol;
  if ('not' in expression) return `!${group(expression.not)}`;
  if ('compare' in expression) return expression.of.map(textOf).join(expression.compare);
  const [operands, sign] = 'and' in expression ? [expression.and, ' && '] : [expression.or, ' || '];
  return operands.map((one) => ('and' in expression ? group(one) : textOf(one))).join(sign);
}

function group(expression: Expression): string {
  return 'or' in expression || 'and' in expression ? `(${textOf(expression)})` : textOf(expression);
}

/** The parts of a condition that are joined by and, or by or. */
export function terms(expression: Expression | undefined, by: 'and' | 'or'): Expression[] {
  if (!expression) return [];
  if (by === 'and' && 'and' in expression) return expression.and.flatMap((one) => terms(one, by));
  if (by === 'or' && 'or' in expression) return expression.or.flatMap((one) => terms(one, by));
  return [expression];
}

const deepest = 4;

/** Why a condition does not reach a value: each term that is below it, and why that is. */
export function unmetTerms(
  expression: Expression | undefined,
  wanted: Tristate,
  symbols: Symbols,
  depth = 0,
): Unmet[] {
  const below = terms(expression, 'and').filter((term) => level(evaluate(term, symbols)) < level(wanted));
  const found = below.map((term) => explain(term, wanted, symbols, depth));
  return [...new Map(found.map((one) => [one.text, one])).values()];
}

function explain(term: Expression, wanted: Tristate, symbols: Symbols, depth: number): Unmet {
  const value = 'symbol' in term ? symbols.get(term.symbol)?.value : undefined;
  const name = 'symbol' in term ? term.symbol : 'not' in term && 'symbol' in term.not ? term.not.symbol : '';
  const symbol = symbols.get(name);
  if (!name || !symbol) return { text: `${textOf(term)} [=${value ?? evaluate(term, symbols)}]`, fixes: [] };
  const negated = 'not' in term;
  const said = `${textOf(term)} [${name}=${symbol.value}]`;
  if (negated) {
    const by = selectors(symbol.selected, symbols);
    if (by.length) return { text: `${said}, which ${by.slice(0, 3).join(', ')} selects`, fixes: [] };
    if (!symbol.prompts.length) return { text: `${said}, which has no prompt`, fixes: [] };
    return { text: said, fixes: [`# CONFIG_${name} is not set`] };
  }
  const reach = symbol.type === 'bool' ? 'y' : wanted;
  if (level(symbol.visible) >= level(reach) && symbol.visible !== 'n')
    return { text: said, fixes: [`CONFIG_${name}=${reach}`] };
  if (!symbol.prompts.length || depth >= deepest)
    return { text: symbol.prompts.length ? said : `${said}, which has no prompt`, fixes: [] };
  const deeper = unmetTerms(bestPrompt(symbol, symbols), reach, symbols, depth + 1);
  const why = deeper.map(({ text }) => text).join(', ');
  const fixes =
    deeper.length && deeper.every((one) => one.fixes.length) ? deeper.flatMap((one) => one.fixes) : [];
  return {
    text: why ? `${said}, which needs ${why}` : said,
    fixes: fixes.length ? [...fixes, `CONFIG_${name}=${reach}`] : [],
  };
}

/** The condition of the prompt that is nearest to being shown. */
export function bestPrompt(
  { prompts }: { prompts: { if?: Expression }[] },
  symbols: Symbols,
): Expression | undefined {
  const ranked = prompts.map((prompt) => ({ prompt, at: level(evaluate(prompt.if, symbols)) }));
  return ranked.sort((a, b) => b.at - a.at)[0]?.prompt.if;
}

/** Names of the symbols that select with their conditions met. */
export function selectors(selected: Expression | undefined, symbols: Symbols): string[] {
  const active = terms(selected, 'or').filter((term) => evaluate(term, symbols) !== 'n');
  return [...new Set(active.map((term) => textOf(terms(term, 'and')[0]!)))];
}
