import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();
/** In QEMU's own network, or in the one that clouds make of it; between numbers are commas or dots. */
const address = '(10.0.2|168.0.0).15';

test('an address comes by DHCP', async () => {
  await vm.guest.waitUntilSucceeds(`networkctl --json=short status | grep -q -E '${address}'`, 60);
});

test('names are resolved by systemd-resolved', async () => {
  await vm.guest.succeed('systemctl is-active systemd-resolved');
  expect(await vm.guest.succeed('getent ahostsv4 localhost')).toContain('127.0.0.1');
});
