/** The seed of this run: INGOT_FAULT_SEED repeats a run's choices. */
export const seed = Number(process.env.INGOT_FAULT_SEED);

/** INGOT_FAULTS=some runs the bounded part. */
export const bounded = process.env.INGOT_FAULTS === 'some';

/**
 * Numbers from 0 to 1, the same for the same seed and name, so that one file's choices do not move another's.
 */
export function randomOf(name: string): () => number {
  let state = [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function oneOf<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!;
}

/** All of them, or in the bounded part `count` that the seed chooses, in their order. */
export function chosen<T>(items: readonly T[], count: number, random: () => number): T[] {
  if (!bounded || count >= items.length) return [...items];
  const left = new Set(items);
  while (left.size > count) left.delete(oneOf([...left], random));
  return [...left];
}
