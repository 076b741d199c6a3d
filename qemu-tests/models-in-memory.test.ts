import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the server of the models takes no swap', async () => {
  const shown = await vm.guest.succeed(
    'systemctl show --property ControlGroup --property MemorySwapMax llama-server',
  );
  expect(shown).toMatch(/^MemorySwapMax=0$/m);
  const group = /^ControlGroup=(.*)$/m.exec(shown)![1];
  expect((await vm.guest.succeed(`cat /sys/fs/cgroup${group}/memory.swap.max`)).trim()).toBe('0');
});
