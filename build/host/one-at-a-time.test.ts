import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

it('begins each when the one before it has ended, and gives each its own result', async () => {
  const queue = oneAtATime();
  const events: string[] = [];
  const work = (name: string, milliseconds: number) =>
    queue(async () => {
      events.push(`begin ${name}`);
      await sleep(milliseconds);
      events.push(`end ${name}`);
      if (name === 'bad') throw new Error(name);
      return name;
    });
  const ended = await Promise.allSettled([work('slow', 20), work('bad', 5), work('quick', 0)]);
  expect(events).toEqual(['begin slow', 'end slow', 'begin bad', 'end bad', 'begin quick', 'end quick']);
  expect(ended).toMatchObject([{ value: 'slow' }, { reason: { message: 'bad' } }, { value: 'quick' }]);
  expect(await work('later', 0)).toBe('later');
});
