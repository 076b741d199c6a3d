import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import type { Progress } from '../host/progress.ts';
import { lastLineOf, newsOf, tellingNews } from './guest-news.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-guest-news-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (log: string, text: string, secondsAgo: number) => {
  writeFileSync(join(folder, log), text);
  const time = Date.now() / 1000 - secondsAgo;
  utimesSync(join(folder, log), time, time);
};

it.each([
  ['nothing', '', undefined],
  ['line ends alone', '\r\n\r\n', undefined],
  ['a line of the kernel', '[    1.0] one\r\n[    2.0] two\r\n', '[ 2.0] two'],
  ['a line that is not finished', 'BdsDxe: starting Boot0001', 'BdsDxe: starting Boot0001'],
  [
    'colours and cursor movements',
    '\u001b[2J\u001b[01;01H\u001b[32m  OK  \u001b[0m Started x.\u0007\r\n\u001b[K',
    'OK Started x.',
  ],
  ['rubbish of a line that was cut', '\ufffd[1.0] x', '\ufffd[1.0] x'],
])('the last line of %s', (_what, log, line) => {
  expect(lastLineOf(log)).toBe(line);
});

it('cuts a line that is too long to read', () => {
  expect(lastLineOf('x'.repeat(9000))).toHaveLength(140);
});

it.each([
  [undefined, undefined, 'after 30.0 s the guest has written nothing yet'],
  ['[1.0] a', undefined, 'after 30.0 s the guest writes: [1.0] a'],
  ['[1.0] a', '[0.5] b', 'after 30.0 s the guest writes: [1.0] a'],
  ['[1.0] a', '[1.0] a', 'after 30.0 s the guest has written nothing new since: [1.0] a'],
])('of "%s" after "%s" it says "%s"', (line, before, says) => {
  expect(newsOf(line, before, 30_000)).toBe(says);
});

it('tells at intervals while the work goes on, from the log that was written last, and no longer', async () => {
  const notes: string[] = [];
  const progress = { note: (text: string) => notes.push(text) } as unknown as Progress;
  write('console.log', 'kernel\n', 10);
  write('journal.log', 'early\n', 20);
  const until = (count: number) =>
    expect.poll(() => notes.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
  await tellingNews(folder, progress, () => until(2), 0.1);
  expect(notes[0]).toMatch(/the guest writes: kernel$/);
  expect(notes[1]).toMatch(/nothing new since: kernel$/);
  const told = notes.length;
  await sleep(250);
  expect(notes).toHaveLength(told);
  write('journal.log', 'late\n', 0);
  await expect(
    tellingNews(
      folder,
      progress,
      () => until(told + 1).then(() => Promise.reject(new Error('it broke'))),
      0.1,
    ),
  ).rejects.toThrow('it broke');
  expect(notes[told]).toMatch(/the guest writes: late$/);
});
