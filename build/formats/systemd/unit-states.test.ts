import { expect, it } from 'vitest';
import { unitStates } from './unit-states.ts';

it('tells enabled and masked units, by what starts them', () => {
  const states = unitStates([
    {
      path: 'etc/systemd/system/multi-user.target.wants/ssh.service',
      to: '/usr/lib/systemd/system/ssh.service',
    },
    {
      path: 'etc/systemd/system/sockets.target.wants/ssh.service',
      to: '/usr/lib/systemd/system/ssh.service',
    },
    { path: 'etc/systemd/user/default.target.wants/x.service', to: '/usr/lib/systemd/user/x.service' },
    { path: 'etc/systemd/system/avahi.service', to: '/dev/null' },
    {
      path: 'etc/systemd/system/multi-user.target.wants/avahi.service',
      to: '/usr/lib/systemd/system/avahi.service',
    },
    { path: 'etc/systemd/system/dbus.service', to: '/usr/lib/systemd/system/dbus-broker.service' },
    { path: 'etc/mtab', to: '/proc/mounts' },
  ]);
  expect([...states]).toEqual([
    ['ssh.service', 'multi-user.target, sockets.target'],
    ['x.service (user)', 'default.target'],
    ['avahi.service', 'masked'],
  ]);
});
