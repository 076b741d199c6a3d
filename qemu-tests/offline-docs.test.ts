import { test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('manual pages and the documentation of Python are on the machine', async () => {
  await vm.guest.succeed('man --where llama-server && test -s /usr/share/doc/python3/html/index.html');
});
