import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test.each(['btop --version', 'vim --version', 'git --version'])('%s', async (command) => {
  expect(await vm.guest.succeed(command)).toMatch(/\d+\.\d+/);
});
