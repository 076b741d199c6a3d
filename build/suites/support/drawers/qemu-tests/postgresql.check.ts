import { expect, test } from 'vitest';
import { useGuest } from '../../../../../qemu-tests/guest.ts';

const vm = useGuest();

test('the machine has made a database of its own, which answers', async () => {
  await vm.guest.waitUntilSucceeds('pg_lsclusters --no-header | grep -w online', 300);
  expect(await vm.guest.succeed("runuser -u postgres -- psql -tAc 'select 6 * 7'")).toBe('42');
  await vm.guest.succeed('test -s /etc/ssl/private/ssl-cert-snakeoil.key');
});
