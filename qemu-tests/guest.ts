import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, type TestContext } from 'vitest';
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

/** Asks the model in the machine for a few words, which it must give. */
export async function modelAnswers({ guest }: { guest: Guest }): Promise<void> {
  await guest.waitUntilSucceeds('curl --silent --fail http://127.0.0.1:9931/health', 240);
  const request = JSON.stringify({ messages: [{ role: 'user', content: 'Say something.' }], max_tokens: 8 });
  const answer = await guest.succeed(
    `curl --silent --show-error --fail --max-time 240 --header 'Content-Type: application/json' \\
      --data '${request}' http://127.0.0.1:9931/v1/chat/completions`,
  );
  expect(JSON.parse(answer).choices[0].message.content.length).toBeGreaterThan(0);
}
