import { test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the program that reads them runs', async () => {
  await vm.guest.succeed('systemctl is-active lm-sensors');
  // Virtual machines have none: it says so, with status 1.
  await vm.guest.succeed('sensors || test $? = 1');
});
