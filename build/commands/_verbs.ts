import type { Verb } from './_verb.ts';

/**
 * Every verb by its name, in the order in which people meet them. To load all takes half a second.
 */
const modules: { [name: string]: () => Promise<{ verb: Verb }> } = {
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
  flash: () => import('./flash.ts'),
  seed: () => import('./seed.ts'),
  'model check': () => import('./model.ts'),
  'model list': () => import('./model-list.ts'),
  'kernel check': () => import('./kernel.ts'),
  'kernel lock': () => import('./kernel-lock.ts'),
  'kernel profile': () => import('./kernel-profile.ts'),
  doctor: () => import('./doctor.ts'),
  gc: () => import('./gc.ts'),
};

/** The verb whose name begins with a word; where there is none, as for help, all. */
export async function loadVerbs(word = ''): Promise<Verb[]> {
  const all = Object.entries(modules);
  const named = all.filter(([name]) => name.split(' ')[0] === word);
  const asked = (named.length ? named : all).map(([, load]) => load);
  const loaded = await Promise.all(asked.map((load) => load()));
  return loaded.map(({ verb }) => verb);
}
