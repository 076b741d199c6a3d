import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beforeStops, repeatedLines } from '../../build/vm/journal-repeats.ts';
import { scanLog } from '../../build/vm/log-patterns.ts';
import { restartProblems } from '../../build/vm/machine-problems.ts';
import { parseEntry, restartsOf } from '../../build/vm/self-report.ts';
import { record, session, useGuest } from '../guest.ts';

const vm = useGuest();

test('the system is up and no unit failed', async () => {
  const state = await vm.guest.succeed('timeout 300 systemctl is-system-running --wait || true');
  // A unit that fails and is started again is settled only when systemd gives up or it runs.
  await vm.guest.waitUntilSucceeds(
    '! systemctl list-units --state=activating --type=service,mount,target --no-legend --plain | grep .',
    300,
  );
  const failed = await vm.guest.succeed('systemctl --failed --no-legend --plain');
  expect(failed.trim(), failed).toBe('');
  expect(state.trim()).toBe('running');
});

test('console and journal tell of no failure', async () => {
  const read = (name: string) => readFileSync(join(session.folder, name), 'utf8');
  const journal = await vm.guest.succeed('journalctl --boot --output=short-monotonic --no-pager');
  const failures = scanLog([read('console.log'), read('journal.log'), journal].join('\n'));
  // The lines themselves are the message: an assertion on a long text shows only its beginning.
  expect(failures, failures.join('\n')).toEqual([]);
  expect(journal).toContain('Reached target multi-user.target');
});

test('no unit is started again and again, and no line comes again and again', async () => {
  const shown = await vm.guest.succeed("systemctl show '*.service' --property=Id --property=NRestarts");
  expect(restartProblems(restartsOf(shown.split('\n')))).toEqual([]);
  const fields = '--output=json --output-fields=MESSAGE,SYSLOG_IDENTIFIER';
  const journal = await vm.guest.succeed(`journalctl --boot --no-pager ${fields}`);
  // The test's own logins are not the machine's doing.
  const login =
    /^(sshd(-session)?|systemd-logind|sudo): |session-\d|session opened|session closed|user(-runtime-dir)?@/;
  // Mesa names a card that it has no driver for to each program that draws; QEMU's cards are 1234 and 1af4.
  const card = /^pci id for fd \d+: (1234|1af4):/;
  const entries = journal.split('\n').filter(Boolean).map(parseEntry);
  const own = entries.filter(
    ({ identifier, message }) => !login.test(`${identifier}: ${message}`) && !card.test(message),
  );
  expect(repeatedLines(beforeStops(own))).toEqual([]);
});

test('nothing listens on the network but what a feature says', async () => {
  const sockets = await vm.guest.succeed('ss --no-header --listening --tcp --udp --numeric --processes');
  const outside = sockets
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns.length > 4 && !/^(127\.|\[::1\])/.test(columns[4]!))
    .map(
      (columns) =>
        `${columns[0]} ${columns[4]!.replace(/^.*:/, '')} ${/"([^"]+)"/.exec(columns.at(-1)!)?.[1]}`,
    );
  const allowed = session.record.features.flatMap(({ listeners }) => listeners);
  expect(outside.filter((socket) => !allowed.includes(socket))).toEqual([]);
});

test('the firmware that started it is the one asked for', async () => {
  const uefi = session.firmware === 'uefi' ? 'test -d' : '! test -e';
  await vm.guest.succeed(`${uefi} /sys/firmware/efi`);
});

test('boot time is recorded', async (context) => {
  const line = await vm.guest.succeed('systemd-analyze time');
  record(context, { bootTime: line.split('\n')[0] });
  expect(line).toContain('Startup finished');
});
