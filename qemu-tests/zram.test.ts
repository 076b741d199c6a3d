import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { algorithm, ramFraction, maximumMiB } = session.feature('zram').options;

test('swap is compressed memory with the chosen algorithm', async () => {
  const swap = await vm.guest.succeed('swapon --show=NAME,TYPE --noheadings');
  // A recipe may have a swap partition besides.
  expect(swap).toMatch(/^\/dev\/zram0\s+partition$/m);
  expect(await vm.guest.succeed('cat /sys/block/zram0/comp_algorithm')).toContain(`[${algorithm}]`);
});

test('its size is the part of RAM that was asked for, up to its limit', async () => {
  const [size, memory] = (
    await vm.guest.succeed("cat /sys/block/zram0/disksize; awk '/MemTotal/ {print $2 * 1024}' /proc/meminfo")
  )
    .split('\n')
    .map(Number);
  const wanted = Math.min(memory! * Number(ramFraction), Number(maximumMiB) * 2 ** 20);
  expect(size! / wanted).toBeGreaterThan(0.88);
  expect(size! / wanted).toBeLessThan(1.12);
});
