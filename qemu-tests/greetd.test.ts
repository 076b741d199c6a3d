import { test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { user } = session.feature('greetd').values;

test('the user is logged in to a Wayland session', async () => {
  const sessions = `loginctl list-sessions --no-legend | awk '$3 == "${user}" { print $1 }'`;
  const types = `for id in $(${sessions}); do loginctl show-session --property=Type --value $id; done`;
  await vm.guest.waitUntilSucceeds(`(${types}) | grep --line-regexp wayland`, 600);
});

test('the account has no password that anybody could guess', async () => {
  await vm.guest.succeed(`passwd --status ${user} | grep -E '^${user} (L|LK) '`);
});
