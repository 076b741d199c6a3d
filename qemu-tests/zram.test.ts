import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('swap is compressed memory with the chosen algorithm', async () => {
  const swap = await vm.guest.succeed('swapon --show=NAME,TYPE --noheadings');
  expect(swap.trim()).toMatch(/^\/dev\/zram0\s+partition$/);
  expect(await vm.guest.succeed('cat /sys/block/zram0/comp_algorithm')).toContain('[zstd]');
});

test('its size is a quarter of RAM', async () => {
  const [size, memory] = (
    await vm.guest.succeed("cat /sys/block/zram0/disksize; awk '/MemTotal/ {print $2 * 1024}' /proc/meminfo")
  )
    .split('\n')
    .map(Number);
  expect(size! / memory!).toBeGreaterThan(0.22);
  expect(size! / memory!).toBeLessThan(0.28);
});
