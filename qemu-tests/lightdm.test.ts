import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { user, automatic } = session.feature('lightdm').values;

test('the display manager runs on a terminal of its own, beside the text console', async () => {
  await vm.guest.waitUntilSucceeds('systemctl is-active lightdm.service', 120);
  await vm.guest.waitUntilSucceeds('pgrep --exact Xorg', 300);
  expect(await vm.guest.succeed('tr "\\0" " " < /proc/$(pgrep --exact Xorg | head -1)/cmdline')).toMatch(
    / vt7 /,
  );
});

test('the user is logged in by itself exactly where the recipe says so', async () => {
  const seats = `loginctl list-sessions --no-legend | awk '$3 == "${user || 'lightdm'}"' | grep seat0`;
  if (automatic) await vm.guest.waitUntilSucceeds(seats, 300);
  else await vm.guest.waitUntilSucceeds('pgrep --euid lightdm', 300);
});

if (user)
  test('a user who has logged out gets in again without a password, and no other user does', async () => {
    expect(await vm.guest.succeed(`id --name --groups ${user}`)).toMatch(/\bnopasswdlogin\b/);
    expect((await vm.guest.succeed('getent group nopasswdlogin')).trim().split(':')[3]).toBe(user);
  });
