import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('the first screen shows the address', async () => {
  await vm.guest.waitUntilSucceeds(
    "grep --quiet --extended-regexp 'http://(10\\.0\\.2|168\\.0\\.0)\\.15/' /dev/vcs1",
    120,
  );
  const screen = await vm.guest.succeed('cat /dev/vcs1');
  expect(screen).toContain(`${session.record.recipe} ${session.record.version}`);
});

test('it has a code for the camera', async () => {
  // The screen's characters as numbers of 32 bits; 2588 is a full block, 2580 and 2584 are halves.
  const blocks =
    "od --format=x4 --address-radix=n /dev/vcsu1 | grep --only-matching -w -E '0000258[048]' | wc --lines";
  expect(Number(await vm.guest.succeed(blocks))).toBeGreaterThan(150);
});

test('it follows the addresses', async () => {
  await vm.guest.succeed(
    'ip link add dummy7 type dummy && ip address add 192.0.2.77/32 dev dummy7 && ip link set dummy7 up',
  );
  try {
    await vm.guest.waitUntilSucceeds("grep --quiet 'http://192.0.2.77/' /dev/vcs1", 30);
  } finally {
    await vm.guest.succeed('ip link delete dummy7');
  }
  await vm.guest.waitUntilSucceeds("! grep --quiet 'http://192.0.2.77/' /dev/vcs1", 30);
});
