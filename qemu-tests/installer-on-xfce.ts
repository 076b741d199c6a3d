import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';
import { onXfce } from './on-xfce.ts';

const vm = useGuest();

test('the icon on the desktop opens the window of the installer', async () => {
  expect(await vm.guest.succeed(onXfce('ls Desktop'))).toContain('install.desktop');
  await vm.guest.succeed(
    onXfce("sh -c 'gio launch Desktop/install.desktop > /run/user/$(id --user)/install-window 2>&1'"),
  );
  const find = onXfce("xdotool search --onlyvisible --name '^Install$'");
  await vm.guest.waitUntilSucceeds(find, 120);
  // It asks the command for disks, and that for the medium's description.
  await vm.guest.waitUntilSucceeds('! pgrep --full usr/lib/installer/enter.sh', 120);
  expect(await vm.guest.succeed('cat /run/user/*/install-window')).not.toMatch(/Traceback|CRITICAL/);
  await vm.guest.succeed("pkill --full '^python3 -B /usr/lib/installer-window'");
});
