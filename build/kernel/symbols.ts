/** A condition of Kconfig: a symbol, a constant, or an operation on these. */
export type Expression =
  | { symbol: string }
  | { constant: string }
  | { not: Expression }
  | { and: [Expression, Expression] }
  | { or: [Expression, Expression] }
  | { compare: '=' | '!=' | '<' | '<=' | '>' | '>='; of: [Expression, Expression] };

export type Tristate = 'n' | 'm' | 'y';
export type SymbolType = 'bool' | 'tristate' | 'int' | 'hex' | 'string' | 'unknown';

/** What the kernel's own Kconfig says of one symbol, in one configuration. */
export interface KernelSymbol {
  name: string;
  type: SymbolType;
  value: string;
  /** How far a person may turn it on. */
  visible: Tristate;
  prompts: { text: string; if?: Expression }[];
  defaults: { value: Expression; if?: Expression }[];
  ranges: { from: string; to: string; if?: Expression }[];
  depends?: Expression;
  /** What selects it, each with its conditions. */
  selected?: Expression;
  choice?: { at: string; title: string };
  /** File and line. */
  at?: string;
  /** It is there only so that old configurations are read. */
  transitional?: boolean;
}

export type Symbols = Map<string, KernelSymbol>;

/** What the program kdump printed: a symbol a line. */
export function parseSymbols(text: string): Symbols {
  const symbols: Symbols = new Map();
  for (const row of text.split('\n'))
    if (row) {
      const symbol = JSON.parse(row) as KernelSymbol;
      symbols.set(symbol.name, symbol);
    }
  return symbols;
}

/** Values that differ between two configurations of one kernel, without those of `except`. */
export function changedValues(
  before: Symbols,
  after: Symbols,
  except: Set<string>,
): { symbol: string; from: string; to: string }[] {
  return [...after.values()].flatMap(({ name, value }) => {
    const from = before.get(name)?.value ?? '';
    return from === value || except.has(name) ? [] : [{ symbol: name, from, to: value }];
  });
}
