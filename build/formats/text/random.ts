/** A source of choices: the same seed gives the same ones on every machine. */
export interface Random {
  /** A whole number from 0 up to `limit`, without it. */
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
}

/** Choices that follow from a text alone, so that one input out of millions can be reproduced by itself. */
export function randomFrom(seed: string): Random {
  let state = 0x2545f491;
  for (const character of seed) state = mixed(state ^ character.codePointAt(0)!);
  const below = (limit: number) => {
    state = (state + 0x9e3779b9) | 0;
    return Math.floor(((mixed(state) >>> 0) / 2 ** 32) * limit);
  };
  return { below, pick: (items) => items[below(items.length)]!, once: (times) => below(times) === 0 };
}

/** Spreads every bit over all others. */
function mixed(value: number): number {
  let bits = value;
  for (const multiplier of [0x7feb352d, 0x846ca68b]) bits = Math.imul(bits ^ (bits >>> 15), multiplier);
  return bits ^ (bits >>> 16);
}
