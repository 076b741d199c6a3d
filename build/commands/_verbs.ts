import type { Verb } from './_verb.ts';
import { verb as build } from './build.ts';
import { verb as check } from './check.ts';
import { verb as diff } from './diff.ts';
import { verb as doctor } from './doctor.ts';
import { verb as gc } from './gc.ts';
import { verb as list } from './list.ts';
import { verb as lock } from './lock.ts';
import { verb as mirror } from './mirror.ts';
import { verb as model } from './model.ts';
import { verb as plan } from './plan.ts';
import { verb as render } from './render.ts';
import { verb as seed } from './seed.ts';
import { verb as sign } from './sign.ts';
import { verb as test } from './test.ts';
import { verb as verify } from './verify.ts';

/** Every verb, in the order in which people meet them. */
export const verbs: Verb[] = [
  list,
  plan,
  render,
  lock,
  build,
  sign,
  check,
  diff,
  test,
  verify,
  mirror,
  seed,
  model,
  doctor,
  gc,
];
