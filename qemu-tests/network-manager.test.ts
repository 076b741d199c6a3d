import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('NetworkManager owns the card, which has an address by DHCP', async () => {
  const states = 'nmcli --terse --fields TYPE,STATE,CONNECTION device';
  await vm.guest.waitUntilSucceeds(`${states} | grep '^ethernet:connected:.'`, 60);
  expect(await vm.guest.succeed(states)).not.toMatch(/^ethernet:(?!connected:)/m);
  expect(await vm.guest.succeed('nmcli --terse --fields IP4.ADDRESS device show')).toMatch(
    /^IP4\.ADDRESS\[1\]:(10\.0\.2|168\.0\.0)\.15\//m,
  );
});

test('nothing else owns an interface', async () => {
  await vm.guest.fail('systemctl is-active systemd-networkd');
  await vm.guest.fail('systemctl is-active systemd-networkd.socket');
});

test('names are resolved by systemd-resolved, by the servers that NetworkManager was told of', async () => {
  expect(await vm.guest.succeed('readlink --canonicalize /etc/resolv.conf')).toBe(
    '/run/systemd/resolve/stub-resolv.conf',
  );
  // A network without a way out, as tests have it, names no server by itself.
  const card = `"$(nmcli --terse --fields DEVICE,TYPE device | sed -n 's/:ethernet$//p' | head -1)"`;
  await vm.guest.succeed(`nmcli device modify ${card} ipv4.dns 192.0.2.53`);
  try {
    await vm.guest.waitUntilSucceeds('resolvectl dns | grep -q 192.0.2.53', 30);
  } finally {
    await vm.guest.succeed(`nmcli device modify ${card} ipv4.dns ''`);
  }
  expect(await vm.guest.succeed('getent ahostsv4 localhost')).toContain('127.0.0.1');
});

test('a card for Wi-Fi is taken into use when it appears', async () => {
  await vm.guest.fail('systemctl is-active wpa_supplicant');
  // A card of the kernel's own, for tests: it hears nobody.
  await vm.guest.succeed('modprobe mac80211_hwsim radios=1');
  try {
    await vm.guest.waitUntilSucceeds(
      'nmcli --terse --fields TYPE,STATE device | grep ^wifi:disconnected',
      60,
    );
    await vm.guest.succeed('systemctl is-active wpa_supplicant');
    await vm.guest.succeed('nmcli device wifi list');
  } finally {
    await vm.guest.succeed('modprobe --remove mac80211_hwsim');
  }
});
