import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test("VMware's guest tools are there, and off outside VMware", async () => {
  // Anywhere else it tells not even its version.
  await vm.guest.succeed('test -x /usr/bin/vmtoolsd');
  await vm.guest.succeed('systemctl is-enabled open-vm-tools');
  expect((await vm.guest.succeed('systemctl show --value --property ActiveState open-vm-tools')).trim()).toBe(
    'inactive',
  );
});
