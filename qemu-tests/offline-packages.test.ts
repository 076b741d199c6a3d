import { test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the cache of packages is off, and starts when asked', async () => {
  await vm.guest.fail('systemctl is-enabled --quiet apt-cacher-ng.service');
  await vm.guest.succeed('systemctl start apt-cacher-ng.service');
  await vm.guest.waitUntilSucceeds('curl --silent --output /dev/null http://127.0.0.1:3142/', 60);
  await vm.guest.succeed('systemctl stop apt-cacher-ng.service');
});
