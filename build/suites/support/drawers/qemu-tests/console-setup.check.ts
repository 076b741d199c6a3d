import { expect, test } from 'vitest';
import { useGuest } from '../../../../../qemu-tests/guest.ts';

const vm = useGuest();

test('layout and font are set', async () => {
  const states = await vm.guest.succeed('systemctl is-active keyboard-setup console-setup');
  expect(states).toBe('active\nactive');
});
