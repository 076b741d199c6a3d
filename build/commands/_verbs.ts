import type { Verb } from './_verb.ts';

/**
 * Every verb by the first word of its name, in the order in which people meet them. To load all takes half a
 * second.
 */
const modules: { [word: string]: () => Promise<{ verb: Verb }> } = {
  list: () => import('./list.ts'),
  plan: () => import('./plan.ts'),
  render: () => import('./render.ts'),
  lock: () => import('./lock.ts'),
  build: () => import('./build.ts'),
  sign: () => import('./sign.ts'),
  check: () => import('./check.ts'),
  diff: () => import('./diff.ts'),
  test: () => import('./test.ts'),
  verify: () => import('./verify.ts'),
  mirror: () => import('./mirror.ts'),
  seed: () => import('./seed.ts'),
  model: () => import('./model.ts'),
  doctor: () => import('./doctor.ts'),
  gc: () => import('./gc.ts'),
};

/** The verb whose name begins with a word; where there is none, as for help, all. */
export async function loadVerbs(word = ''): Promise<Verb[]> {
  const asked = Object.hasOwn(modules, word) ? [modules[word]!] : Object.values(modules);
  const loaded = await Promise.all(asked.map((load) => load()));
  return loaded.map(({ verb }) => verb);
}
