import { expect, it } from 'vitest';
import type { Progress } from '../host/progress.ts';
import type { BenchRow, Session } from '../vm/session.ts';
import { runSpeedCheck } from './run-speed-check.ts';

/** Takes the rates of guests, measured one after the other, and those of the host beside them. */
async function judge(guests: number[], hosts: number[]) {
  const notes: string[] = [];
  const progress = { note: (text: string) => notes.push(text) } as unknown as Progress;
  const native = (rate: number) => [{ avg_ts: rate } as BenchRow];
  const compared: string[] = [];
  const check = async (session: Session) => {
    const [guest, host] = [guests.shift()!, session.native[0]!.avg_ts];
    compared.push(`${guest}/${host}`);
    const ok = guest / host >= 0.8;
    return { checks: [{ name: 'throughput', ok, milliseconds: 1 }], figures: { ratio: guest / host } };
  };
  const session = { native: native(hosts.shift()!) } as Session;
  const result = await runSpeedCheck(session, async () => native(hosts.shift()!), progress, check);
  return { ok: result.checks.every(({ ok }) => ok), figures: result.figures, compared, notes };
}

it('measures once where the guest is fast enough', async () => {
  const { ok, compared, notes } = await judge([90], [100]);
  expect(ok).toBe(true);
  expect(compared).toEqual(['90/100']);
  expect(notes).toEqual([]);
});

it('lets an image pass whose host was busy only while the guest was measured', async () => {
  const { ok, compared, notes, figures } = await judge([40, 92], [100, 99]);
  expect(ok).toBe(true);
  expect(compared).toEqual(['40/100', '92/99']);
  expect(notes).toHaveLength(1);
  expect(figures['speed measured']).toBe('2 times');
});

it('lets an image pass whose host stays busy, for the host is measured under the same load', async () => {
  expect((await judge([40, 46], [100, 50])).ok).toBe(true);
});

it('fails an image that is too slow however often it is measured', async () => {
  const { ok, compared } = await judge([40, 41, 42, 43], [100, 100, 100, 100]);
  expect(ok).toBe(false);
  expect(compared).toEqual(['40/100', '41/100', '42/100']);
});
