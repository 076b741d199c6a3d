import { expect, test } from 'vitest';
import { modelAnswers, session, useGuest } from '../guest.ts';

const vm = useGuest();

test('no file system is damaged', async () => {
  // Programs write to the kernel's log as well: the journal says there that its own file was not closed.
  const kernel = await vm.guest.succeed(
    'journalctl --boot --dmesg SYSLOG_IDENTIFIER=kernel --output=cat --no-pager',
  );
  expect(kernel).toMatch(/^Linux version/m);
  const lines = kernel
    .split('\n')
    .filter((line) =>
      /corrupt|structure needs cleaning|metadata I\/O error|shut ?down.*filesystem|EXT4-fs error|FAT-fs.*error/i.test(
        line,
      ),
    );
  expect(lines, lines.join('\n')).toEqual([]);
});

test('the machine has an identity, and a whole one', async () => {
  expect((await vm.guest.succeed('cat /etc/machine-id')).trim()).toMatch(/^[0-9a-f]{32}$/);
  if (!session.has('ssh')) return;
  await vm.guest.succeed('for key in /etc/ssh/ssh_host_*_key; do ssh-keygen -y -f "$key" > /dev/null; done');
  await vm.guest.succeed('sshd -t');
});

test('every package is installed whole', async () => {
  expect(await vm.guest.succeed('dpkg --audit')).toBe('');
});

if (session.has('inference')) test('the model answers', () => modelAnswers(vm));
