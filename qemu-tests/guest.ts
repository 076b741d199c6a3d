import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, type TestContext } from 'vitest';
import { connectGuest, type Guest } from '../build/vm/guest.ts';
import type { Session } from '../build/vm/session.ts';

/** The running machine that `ingot test` describes in the file INGOT_SESSION. */
export const session = JSON.parse(readFileSync(process.env.INGOT_SESSION!, 'utf8')) as Session;

/** A connection for the tests of one file. */
export function useGuest(): { guest: Guest } {
  const holder = {} as { guest: Guest };
  beforeAll(async () => {
    holder.guest = await connectGuest(session.address);
  });
  afterAll(() => holder.guest.close());
  return holder;
}

/** Hands measured values to the report. */
export function record({ task }: TestContext, figures: { [name: string]: unknown }): void {
  (task.meta as { figures?: object }).figures = figures;
}
