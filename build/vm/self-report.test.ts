import { expect, it } from 'vitest';
import { parseSelfReport } from './self-report.ts';

const journal = [
  { __MONOTONIC_TIMESTAMP: '1500000', SYSLOG_IDENTIFIER: 'kernel', MESSAGE: 'Linux version 7' },
  { __MONOTONIC_TIMESTAMP: '2500000', SYSLOG_IDENTIFIER: 'login', MESSAGE: [98, 97, 100, 255] },
  { __MONOTONIC_TIMESTAMP: '3000000', MESSAGE: '== no heading, but a message' },
].map((entry) => JSON.stringify(entry));

const text = `== state
running
== failed
planted.service loaded failed failed A unit
== restarts
Id=a.service
NRestarts=0

NRestarts=4
Id=serial-getty@ttyS0.service
== addresses
2: ens3    inet 10.0.2.15/24 metric 1024 brd 10.0.2.255 scope global dynamic ens3
3: ens4    inet 10.0.3.15/24 scope global ens4
== clock
2026-01-02T03:04:05
== answer
{"choices":[]}
== journal
${journal.join('\n')}
== end
`;

it('reads what a machine says about itself', () => {
  expect(parseSelfReport(text)).toEqual({
    state: 'running',
    failed: ['planted.service loaded failed failed A unit'],
    restarts: { 'serial-getty@ttyS0.service': 4 },
    addresses: { ens3: '10.0.2.15/24', ens4: '10.0.3.15/24' },
    clock: '2026-01-02T03:04:05',
    answer: '{"choices":[]}',
    journal: [
      { seconds: 1.5, identifier: 'kernel', message: 'Linux version 7' },
      { seconds: 2.5, identifier: 'login', message: 'badÿ' },
      { seconds: 3, identifier: '', message: '== no heading, but a message' },
    ],
  });
});

it.each([0, 40, text.length - 8])('refuses a report that ends after %i characters', (length) => {
  expect(() => parseSelfReport(text.slice(0, length))).toThrow("the machine's report has no end");
});
