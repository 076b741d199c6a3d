import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test("VMware's guest tools are there, and off outside VMware", async () => {
  expect(await vm.guest.succeed('vmtoolsd --version')).toMatch(/version \d+/);
  await vm.guest.succeed('systemctl is-enabled open-vm-tools');
  expect((await vm.guest.succeed('systemctl show --value --property ActiveState open-vm-tools')).trim()).toBe(
    'inactive',
  );
});
