import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('every package is installed whole', async () => {
  const states = await vm.guest.succeed("dpkg-query --show --showformat='${db:Status-Abbrev}\\n' | sort -u");
  expect(states.trim()).toBe('ii');
  expect(await vm.guest.succeed('dpkg --audit')).toBe('');
});

// In a cloud, the metadata name the machine.
if (!session.cloud)
  test('the host name is the one asked for', async () => {
    expect((await vm.guest.succeed('hostname')).trim()).toBe(session.feature('system').values.hostname);
  });

test('identity is born on the machine', async () => {
  const id = (await vm.guest.succeed('cat /etc/machine-id')).trim();
  expect(id).toMatch(/^[0-9a-f]{32}$/);
});

test('no account has a password', async () => {
  const open = "awk -F: '$2 !~ /^[!*]/ { print $1 }' /etc/shadow";
  expect((await vm.guest.succeed(open)).trim()).toBe('');
});

test('apt knows where its packages come from', async () => {
  const sources = await vm.guest.succeed('cat /etc/apt/sources.list.d/debian.sources');
  expect(sources).toContain(`Suites: ${session.record.base}`);
  expect(sources).toContain('Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg');
  await vm.guest.succeed('test -s /usr/share/keyrings/debian-archive-keyring.gpg');
});
