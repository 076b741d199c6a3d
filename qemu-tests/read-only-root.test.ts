import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('the root is an overlay, and its changes take a quarter of the memory at most', async () => {
  const root = await vm.guest.succeed('findmnt --noheadings --output FSTYPE --mountpoint /');
  expect(root.trim()).toBe('overlay');
  const [size, memory] = (
    await vm.guest.succeed("df --output=size / | tail -1; awk '/MemTotal/ { print $2 }' /proc/meminfo")
  )
    .trim()
    .split('\n')
    .map(Number);
  expect(size! / memory!).toBeLessThan(0.3);
});

test('nobody mounts the root to write to it', async () => {
  const mounts = await vm.guest.succeed('findmnt --noheadings --output OPTIONS --mountpoint /run/rootfsbase');
  expect(mounts).toMatch(/^ro,/);
  expect(await vm.guest.succeed('cat /proc/cmdline')).toMatch(/ ro .*systemd\.volatile=overlay/);
  await vm.guest.fail('touch /run/rootfsbase/x');
  expect(await vm.guest.succeed('cat /run/rootfsbase/etc/machine-id')).toBe('uninitialized');
});

test('what the start before wrote to the root is gone, and what it wrote to the data is there', async () => {
  await vm.guest.succeed('test ! -e /etc/written-here');
  if (session.before) expect(await vm.guest.succeed('cat /var/ai-data/written-here')).toContain('start');
  await vm.guest.succeed(
    `for place in /etc /var/ai-data; do echo 'start ${session.start}' > $place/written-here; done; sync`,
  );
});

test('the data partition keeps who the machine is', async () => {
  const kept = '/var/ai-data/.system';
  expect(await vm.guest.succeed(`cat ${kept}/machine-id`)).toBe(
    await vm.guest.succeed('cat /etc/machine-id'),
  );
  expect(await vm.guest.succeed(`stat --format='%a %U' ${kept}`)).toBe('700 root');
  if (session.has('ssh'))
    await vm.guest.succeed(`cmp ${kept}/ssh/ssh_host_ed25519_key /etc/ssh/ssh_host_ed25519_key`);
});
