import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, type TestContext } from 'vitest';
import type { RecordedFeature } from '../build/model/types.ts';
import { connectGuest, type Guest } from '../build/vm/guest.ts';
import type { Session } from '../build/vm/session.ts';

const described = JSON.parse(readFileSync(process.env.INGOT_SESSION!, 'utf8')) as Session;

/** The running machine that `ingot test` describes in the file INGOT_SESSION. */
export const session = {
  ...described,
  /** Whether the image has a feature. */
  has: (name: string) => described.record.features.some((feature) => feature.name === name),
  /** A feature of the image, with its options and values as the recipe decided them. */
  feature(name: string): RecordedFeature {
    const found = described.record.features.find((feature) => feature.name === name);
    if (!found) throw new Error(`the image has no feature ${name}`);
    return found;
  },
};

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

/** Where the model's server listens. */
export function modelUrl(): string {
  return `http://127.0.0.1:${session.feature('inference').values.port}`;
}

/** Asks the model in the machine for a few words, which it must give. */
export async function modelAnswers({ guest }: { guest: Guest }): Promise<void> {
  await guest.waitUntilSucceeds(`curl --silent --fail ${modelUrl()}/health`, 240);
  // Where one model is served, it answers to every name.
  const messages = [{ role: 'user', content: 'Say something.' }];
  const request = JSON.stringify({ model: 'default', messages, max_tokens: 8 });
  const answer = await guest.succeed(
    `curl --silent --show-error --fail --max-time 240 --header 'Content-Type: application/json' \\
      --data '${request}' ${modelUrl()}/v1/chat/completions`,
  );
  expect(JSON.parse(answer).choices[0].message.content.length).toBeGreaterThan(0);
}
