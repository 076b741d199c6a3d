import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

// Its window needs a desktop.
if (session.has('xfce')) await import('./installer-on-xfce.ts');

const vm = useGuest();

test('the installer sees the disks of the machine, and offers none that it was started from', async () => {
  const disks = JSON.parse(await vm.guest.succeed('ingot-install --list --json')) as { medium: boolean }[];
  expect(disks.filter(({ medium }) => !medium)).toEqual([]);
});

test('without a disk nothing is installed, and the exit status says why', async () => {
  const said = await vm.guest.succeed(
    'ingot-install --dry-run --json /dev/nowhere; echo " status $?"; findmnt /run/ingot-install || true',
  );
  expect(said).toMatch(/DISK_UNFIT.*there is no disk \/dev\/nowhere.* status 3$/s);
});

test('answers that cannot be taken are refused at once', async () => {
  const said = await vm.guest.succeed(
    `echo '{"disk": "only", "user": {"name": "Root"}, "colour": 1}' > /run/answers
     ingot-install --answers /run/answers --dry-run --json; echo " status $?"`,
  );
  expect(said).toMatch(/colour is not known.*user\.name cannot be 'Root'.* status 2$/s);
});
