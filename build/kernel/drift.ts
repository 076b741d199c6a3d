import type { Symbols } from './symbols.ts';

export interface Change {
  symbol: string;
  from: string;
  to: string;
}

/**
 * What of a base configuration is not as it is written, before any line is asked: the compiler is another
 * one, or a program is not there.
 */
export function driftOf(base: string, before: Symbols): Change[] {
  return base.split('\n').flatMap((row) => {
    const [, set, value] = /^CONFIG_(\w+)=(.*)$/.exec(row) ?? [];
    const off = /^# CONFIG_(\w+) is not set$/.exec(row)?.[1];
    const symbol = set ?? off;
    if (!symbol) return [];
    const from = off ? 'n' : value!.replace(/^"(.*)"$/, '$1').replaceAll(/\\(.)/g, '$1');
    const to = before.get(symbol)?.value ?? '';
    return from === to || (off && !to) ? [] : [{ symbol, from, to }];
  });
}
