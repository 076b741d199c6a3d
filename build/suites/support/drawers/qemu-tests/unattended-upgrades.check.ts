import { expect, test } from 'vitest';
import { useGuest } from '../../../../../qemu-tests/guest.ts';

const vm = useGuest();

test('its settings are read', async () => {
  expect(await vm.guest.succeed('apt-config dump APT::Periodic::Unattended-Upgrade')).toContain('"1"');
});
