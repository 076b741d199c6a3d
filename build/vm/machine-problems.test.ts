import { expect, it } from 'vitest';
import { machineProblems } from './machine-problems.ts';
import type { SelfReport } from './self-report.ts';

const good: SelfReport = {
  state: 'running',
  failed: [],
  restarts: {},
  addresses: {},
  clock: '2026-01-02T03:04:05',
  answer: '',
  journal: [
    { seconds: 9, identifier: 'systemd', message: 'Startup finished in 9s (userspace) = 9s.' },
    { seconds: 20, identifier: 'systemd', message: 'Started a.service.' },
  ],
};
const again = [30, 40, 50].map((seconds) => ({
  seconds,
  identifier: 'agetty',
  message: 'Input/output error',
}));

it.each<[string, Partial<SelfReport>, string[]]>([
  ['nothing', {}, []],
  ['a system that is not up', { state: 'degraded' }, ['the system is degraded']],
  ['a failed unit', { failed: ['a.service'] }, ['failed: a.service']],
  // The state stays running all the time.
  [
    'a unit that is started for ever',
    { restarts: { 'serial-getty@ttyS0.service': 4 } },
    ['started again 4 times: serial-getty@ttyS0.service'],
  ],
  [
    'a server that was started again once, and no login that was',
    { restarts: { 'getty@tty1.service': 1, 'serial-getty@ttyS0.service': 1, 'llama-server.service': 1 } },
    ['started again 1 times: llama-server.service'],
  ],
  [
    'a journal that began again more often than when the initramfs handed over',
    { restarts: { 'systemd-journald.service': 2 } },
    ['started again 2 times: systemd-journald.service'],
  ],
  ['no journal that began again once', { restarts: { 'systemd-journald.service': 1 } }, []],
  [
    'a line that comes again and again',
    { journal: [...good.journal, ...again] },
    ['goes on in the journal: 3 times agetty: Input/output error'],
  ],
  [
    'a line that tells of a failure',
    { journal: [{ seconds: 3, identifier: 'kernel', message: 'Out of memory: Killed process 1' }] },
    ['out of memory: [3] kernel: Out of memory: Killed process 1'],
  ],
])('finds %s', (_what, change, problems) => {
  expect(machineProblems({ ...good, ...change })).toEqual(problems);
});
