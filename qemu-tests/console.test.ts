import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the user is logged in on screen and serial line', async () => {
  const both = "loginctl list-sessions --no-legend | grep -v root | grep -c -E 'tty1|ttyS0' | grep -x 2";
  await vm.guest.waitUntilSucceeds(both, 120);
});

test('the screen says how to reach the model', async () => {
  await vm.guest.waitUntilSucceeds('grep -q 127.0.0.1 /dev/vcs1', 60);
  expect(await vm.guest.succeed('cat /dev/vcs1')).toContain('/v1/chat/completions');
});

test('the user owns the home and may become root', async () => {
  const user = (await vm.guest.succeed('id --name --user 1000')).trim();
  await vm.guest.succeed(`runuser --user ${user} -- sh -c 'touch ~/x && sudo --non-interactive true'`);
});
