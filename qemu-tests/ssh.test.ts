import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('sshd takes keys and nothing else', async () => {
  const settings = (await vm.guest.succeed('sshd -T')).toLowerCase();
  expect(settings).toContain('passwordauthentication no');
  expect(settings).toContain('kbdinteractiveauthentication no');
  expect(settings).toMatch(/permitrootlogin (without|prohibit)-password/);
  expect(settings).toContain('authenticationmethods publickey');
});

test('the host keys are there, and were made after the image', async () => {
  await vm.guest.succeed('test -s /etc/ssh/ssh_host_ed25519_key');
  await vm.guest.succeed('test /etc/ssh/ssh_host_ed25519_key -nt /etc/os-release');
});

test('a password is refused before it is asked for', async () => {
  const said = await vm.guest.fail(
    'ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o PubkeyAuthentication=no -o NumberOfPasswordPrompts=1 root@127.0.0.1 true',
  );
  expect(said).toContain('Permission denied (publickey)');
});
