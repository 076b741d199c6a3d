import { expect, it } from 'vitest';
import { beforeStops, repeatedLines } from './journal-repeats.ts';

const up = entry(10, 'systemd', 'Startup finished in 1s (kernel) + 9s (userspace) = 10s.');

function entry(seconds: number, identifier: string, message: string) {
  return { seconds, identifier, message };
}

it.each<[string, (n: number) => string, string]>([
  [
    'a login that is started again',
    () => 'Started serial-getty@ttyS0.service - Serial Getty on ttyS0.',
    'ttyS0',
  ],
  [
    'a process with another id each time',
    (n) => `unit: Scheduled restart job, restart counter is at ${n}.`,
    'at #.',
  ],
  ['an address in hexadecimal', (n) => `page fault at 0x${(n * 4096).toString(16)}f`, 'at #'],
  ['a message of several lines', (n) => `cannot reach it\nattempt ${n}`, 'cannot reach it'],
])('tells of %s', (_what, message, says) => {
  const journal = [up, ...[1, 2, 3, 4].map((n) => entry(10 + 10 * n, 'agent', message(n)))];
  const [line, ...others] = repeatedLines(journal);
  expect(line).toMatch(/^4 times agent: /);
  expect(line).toContain(says);
  expect(others).toEqual([]);
});

it('passes over what comes before the system is up, and what comes twice', () => {
  const early = [1, 2, 3, 4, 5].map((n) => entry(n, 'kernel', `pci 0000:00:0${n}: BAR`));
  const twice = [20, 21].map((seconds) => entry(seconds, 'x', 'again'));
  const users = entry(5, 'systemd', 'Startup finished in 300ms.');
  expect(repeatedLines([...early, users, ...early, up, ...twice])).toEqual([]);
});

it('finds nothing in a journal of a system that never came up', () => {
  expect(repeatedLines([1, 2, 3].map((n) => entry(n, 'x', 'again')))).toEqual([]);
});

it('looks at what comes before a test stops a service, and not at what the initramfs stops', () => {
  const stop = (seconds: number) => entry(seconds, 'systemd', 'Stopping a.service - A...');
  const again = [20, 21, 22].map((seconds) => entry(seconds, 'x', 'again'));
  expect(repeatedLines(beforeStops([stop(3), up, ...again, stop(30)]))).toEqual(['3 times x: again']);
  expect(repeatedLines(beforeStops([stop(3), up, stop(15), ...again]))).toEqual([]);
});
