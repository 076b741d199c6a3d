import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('its settings are read: security updates, and nothing else', async () => {
  expect(await vm.guest.succeed('apt-config dump APT::Periodic::Unattended-Upgrade')).toContain('"1"');
  const origins = await vm.guest.succeed('apt-config dump Unattended-Upgrade::Origins-Pattern');
  const patterns = [...origins.matchAll(/Origins-Pattern:: "(.*)";/g)].map(([, pattern]) => pattern);
  expect(patterns).toHaveLength(2);
  for (const pattern of patterns) expect(pattern).toContain('label=Debian-Security');
});

test('a machine that is not turned off for it does not restart by itself', async () => {
  expect(await vm.guest.succeed('apt-config dump Unattended-Upgrade::Automatic-Reboot')).toContain('"false"');
});
