import type { FuzzInput } from './judge.ts';

const maxMilliseconds = 500;

/** Leaves out parts, large ones first, as long as `fails` stays true; stops when its time is up. */
export async function shrink(
  input: FuzzInput,
  fails: (smaller: FuzzInput) => Promise<boolean>,
): Promise<FuzzInput> {
  let smallest = input;
  const end = performance.now() + maxMilliseconds;
  for (let part = Math.ceil(input.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2))
    for (let at = 0; at < smallest.length && performance.now() < end; ) {
      const smaller = without(smallest, at, at + part);
      if (await fails(smaller)) smallest = smaller;
      else at += part;
    }
  return smallest;
}

function without(input: FuzzInput, from: number, to: number): FuzzInput {
  if (typeof input === 'string') return input.slice(0, from) + input.slice(to);
  return Buffer.concat([input.subarray(0, from), input.subarray(to)]);
}
