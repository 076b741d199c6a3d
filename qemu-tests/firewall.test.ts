import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { open } = session.feature('firewall').options as { open: string[] };

test('the rules are in force', async () => {
  const rules = await vm.guest.succeed('nft list table inet ingot');
  expect(rules).toMatch(/hook input.*policy drop/);
  for (const port of open) expect(rules).toContain(`${port.replace(' ', ' dport ')} accept`);
});

test('every program that may listen is let in, and nothing that is let in is without one', async () => {
  const clients = [68, 546];
  const listeners = session.record.features
    .flatMap((feature) => feature.listeners)
    .map((listener) => listener.split(' ').slice(0, 2).join(' '))
    .filter((port) => !clients.includes(Number(port.split(' ')[1])));
  expect([...new Set(listeners)].sort()).toEqual([...open].sort());
});

test('a port that nobody named is closed to the network, and open to the machine itself', async () => {
  // A network of its own stands in for the one outside.
  await vm.guest.succeed(`set -e
    ip netns add outside
    ip link add inside0 type veth peer name outside0 netns outside
    ip address add 192.0.2.1/24 dev inside0
    ip link set inside0 up
    ip -n outside address add 192.0.2.2/24 dev outside0
    ip -n outside link set outside0 up
    systemd-run --unit listener systemd-socket-activate --accept --listen 0.0.0.0:7777 /bin/true`);
  try {
    const connect = (port: number) => `timeout 5 bash -c 'exec 3<> /dev/tcp/192.0.2.1/${port}'`;
    await vm.guest.waitUntilSucceeds(connect(7777), 30);
    await vm.guest.fail(`ip netns exec outside ${connect(7777)}`);
    if (open.includes('tcp 22')) await vm.guest.succeed(`ip netns exec outside ${connect(22)}`);
  } finally {
    await vm.guest.succeed('systemctl stop listener; ip link delete inside0; ip netns delete outside');
  }
});
