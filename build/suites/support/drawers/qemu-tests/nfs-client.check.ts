import { expect, test } from 'vitest';
import { useGuest } from '../../../../../qemu-tests/guest.ts';

const vm = useGuest();

test('rpcbind answers, and the helper of mount is set-uid', async () => {
  expect(await vm.guest.succeed('rpcinfo -p 127.0.0.1')).toMatch(/\b111\b/);
  expect(await vm.guest.succeed('stat --format=%a /usr/sbin/mount.nfs')).toBe('4755');
});
