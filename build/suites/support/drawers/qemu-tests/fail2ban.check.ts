import { expect, test } from 'vitest';
import { useGuest } from '../../../../../qemu-tests/guest.ts';

const vm = useGuest();

test('the jail of sshd is watched', async () => {
  await vm.guest.waitUntilSucceeds('fail2ban-client ping', 120);
  expect(await vm.guest.succeed('fail2ban-client status')).toContain('sshd');
});
