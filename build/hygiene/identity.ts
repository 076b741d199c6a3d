import type { Check } from './check.ts';
import { follow, lines, linesOf, named, present, type Root, shown, under } from './root.ts';

/** What makes one machine differ from another must be born on that machine. */
export const identity: Check[] = [
  {
    name: 'machine-id',
    rule: 'Ingot',
    must: 'etc/machine-id contains "uninitialized", so that systemd chooses an id at first boot',
    remedy: 'write "uninitialized" into it, mode 0444',
    find(root) {
      const text = root.texts.get('etc/machine-id');
      const entry = root.at.get('etc/machine-id');
      if (text === 'uninitialized\n' && entry?.mode === 0o444) return [];
      return [
        { path: 'etc/machine-id', found: entry ? `${shown(entry)} ${JSON.stringify(text)}` : 'missing' },
      ];
    },
  },
  {
    name: 'dbus-machine-id',
    rule: 'Ingot',
    must: 'D-Bus has no id of its own',
    remedy: 'remove it; D-Bus reads etc/machine-id',
    find: (root) => present(named(root, /^var\/lib\/dbus\/machine-id$/)),
  },
  {
    name: 'host-keys',
    rule: 'AWS',
    must: 'there is no SSH host key',
    remedy: 'remove it; sshd-keygen.service makes one on the machine',
    find: (root) => present(named(root, /^etc\/(ssh|dropbear)\/.*host_.*key(\.pub)?$/)),
  },
  {
    name: 'random-seed',
    rule: 'Ingot',
    must: 'no random seed is shared by all machines',
    remedy: 'remove it; systemd-random-seed.service makes one on the machine',
    find: (root) => present(named(root, /(^|\/)random-seed$/).filter(({ kind }) => kind === 'f')),
  },
  {
    name: 'credential-secret',
    rule: 'Ingot',
    must: "the key of systemd's credentials is the machine's own",
    remedy: 'remove it; systemd-creds makes one on the machine',
    find: (root) => present(named(root, /^var\/lib\/systemd\/credential\.secret$/)),
  },
  {
    name: 'credential-store',
    rule: 'Ingot',
    must: 'the image contains no systemd credential',
    remedy: 'hand it over when the machine starts',
    find: (root) => present(named(root, /^(etc|usr\/lib)\/credstore(\.encrypted)?\/.+/)),
  },
  {
    name: 'host-name',
    rule: 'Ingot',
    must: "the machine's name is the recipe's",
    remedy: 'set it by the option hostname of the feature system',
    find(root) {
      const name = root.texts.get('etc/hostname');
      if (name === `${root.expected.hostname}\n`) return [];
      return [{ path: 'etc/hostname', found: name === undefined ? 'missing' : JSON.stringify(name) }];
    },
  },
  {
    name: 'hosts',
    rule: 'Ingot',
    must: 'etc/hosts names this machine and no other',
    remedy: 'leave only loopback addresses in it',
    find: (root) =>
      lines(root.texts.get('etc/hosts'))
        .filter((line) => !/^(127\.|::1\s|ff02::[12]\s)/.test(line))
        .map((line) => ({ path: 'etc/hosts', found: line })),
  },
  {
    name: 'resolver',
    rule: 'Debian cloud',
    must: 'etc/resolv.conf is absent or a link to what the machine learns',
    remedy: "remove it; it is the build machine's",
    find: (root) => present(named(root, /^etc\/resolv\.conf$/).filter(({ kind }) => kind !== 'l')),
  },
  {
    name: 'clock',
    rule: 'Ingot',
    must: 'there is no saved clock drift or time',
    remedy: 'remove it',
    find: (root) => present(named(root, /^(etc\/adjtime|var\/lib\/(private\/)?systemd\/timesync\/clock)$/)),
  },
  {
    name: 'time-zone',
    rule: 'Ingot',
    must: "the time zone is UTC, not the build machine's, unless a feature says another",
    remedy: 'link etc/localtime to usr/share/zoneinfo/Etc/UTC',
    find(root) {
      const zone = follow(root, 'etc/localtime')?.path;
      const asked = root.expected.overlay.includes('etc/localtime');
      if (zone && (asked || /^usr\/share\/zoneinfo\/(Etc\/)?UTC$/.test(zone))) return [];
      return [{ path: 'etc/localtime', found: zone ?? 'nowhere' }];
    },
  },
  {
    name: 'locale',
    rule: 'Ingot',
    must: 'every locale that is set is there',
    remedy: 'set C.UTF-8, or add the package that brings the locale to the feature',
    find: (root) =>
      linesOf(root, /^etc\/(locale\.conf|default\/locale)$/)
        .map(({ path, line }) => ({ path, line, locale: /^(?:LANG|LC_\w+)="?([^"]*)"?$/.exec(line)?.[1] }))
        .filter(({ locale }) => locale && !hasLocale(root, locale))
        .map(({ path, line }) => ({ path, found: line })),
  },
  {
    name: 'network-identity',
    rule: 'Ingot',
    must: 'no lease, DUID, interface name, initiator or host id is inherited',
    remedy: 'remove it',
    find: (root) => present(named(root, networkIdentity).filter(({ kind }) => kind !== 'd')),
  },
  {
    name: 'instance-data',
    rule: 'Ingot',
    must: 'there is no data of a cloud instance or container',
    remedy: 'remove it',
    find: (root) => [
      ...present(named(root, /^(\.dockerenv|run\/\.containerenv|run\/systemd\/container)$/)),
      ...present(under(root, 'var/lib/cloud').filter(({ kind }) => kind !== 'd')),
    ],
  },
];

/** glibc has C and C.UTF-8 itself; others are folders, or in one archive whose names are not read here. */
function hasLocale(root: Root, locale: string): boolean {
  if (/^(C|POSIX|C\.(UTF-?8|utf-?8))$/.test(locale)) return true;
  const folder = locale.replace(/\.UTF-?8/i, '.utf8');
  return ['locale-archive', locale, folder].some((name) => root.at.has(`usr/lib/locale/${name}`));
}

const networkIdentity = new RegExp(
  [
    '^var/lib/(dhcp|dhcpcd|dhclient|NetworkManager)/.+',
    '^var/lib/systemd/network/.+',
    '^etc/NetworkManager/system-connections/.+',
    '^etc/udev/rules\\.d/7[05]-persistent-.*',
    '^etc/iscsi/initiatorname\\.iscsi$',
    '^etc/nvme/host(id|nqn)$',
  ].join('|'),
);
