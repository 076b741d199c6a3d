import type { Allowed, FeatureHygiene } from '../../../model/hygiene.ts';
import { fixedGroups, fixedUsers } from './accounts.ts';
import { generated } from './generated.ts';

const account = 'users change their own entry in passwd, group and shadow';
const mounts = 'users mount and unmount what fstab says they may';

/**
 * Exceptions for what every Debian has: packages of priority required. All others belong to the feature that
 * needs them.
 */
export const allowed: FeatureHygiene = {
  setUid: {
    'usr/bin/chfn': account,
    'usr/bin/chsh': account,
    'usr/bin/gpasswd': account,
    'usr/bin/mount': mounts,
    'usr/bin/passwd': account,
    'usr/bin/su': "becoming root, by root's password, which is locked",
    'usr/bin/umount': mounts,
  },
  setGid: {
    'usr/bin/chage': 'users read when their password ends',
    'usr/sbin/unix_chkpwd': 'screen lockers check the password of the user who runs them',
    'var/mail': 'mail programs of the group mail deliver into it; base-files makes it so',
  },
  openFolders: {
    tmp: 'temporary files',
    'var/tmp': 'temporary files that outlive a restart',
  },
  cronJobs: {
    'etc/cron.daily/apt-compat': "apt's own; leaves the work to its timer under systemd",
    'etc/cron.daily/dpkg':
      "dpkg's own; keeps a copy of the package state, leaves the work to its timer under systemd",
  },
  altered: {
    'var/cache/apt/archives': 'apt makes it when it is missing',
    'var/cache/apt/archives/partial': 'apt makes it when it is missing',
    'var/lib/apt/lists/partial': 'apt makes it when it is missing',
  },
  caches: {
    'var/cache/debconf/config.dat': 'answers of packages, as debconf keeps them',
    'var/cache/debconf/passwords.dat': 'debconf keeps it, without any answer',
    'var/cache/debconf/templates.dat': 'questions of packages, as debconf keeps them',
  },
  publishedKeys: {
    'usr/share/mime/packages/freedesktop.org.xml': 'shared-mime-info tells keys by their first line',
  },
  generated,
  users: withIds(fixedUsers),
  groups: withIds(fixedGroups),
  shells: {
    'sync /bin/sync': 'flushes the disks of a machine that one cannot log in to; it has no password',
  },
  sudo: { '%sudo': 'the group of administrators; it has no members but those whom a feature puts there' },
};

/** Mode, owner and group of what decides who gets in, where it is there. */
export const modes: { [path: string]: string } = {
  '': '0755 0:0',
  boot: '0755 0:0',
  etc: '0755 0:0',
  'etc/group': '0644 0:0',
  'etc/gshadow': '0640 0:42',
  'etc/passwd': '0644 0:0',
  'etc/shadow': '0640 0:42',
  'etc/ssh': '0755 0:0',
  'etc/ssh/sshd_config': '0644 0:0',
  'etc/ssl/private': '0700 0:0',
  'etc/credstore': '0700 0:0',
  'etc/credstore.encrypted': '0700 0:0',
  home: '0755 0:0',
  root: '0700 0:0',
  'root/.ssh': '0700 0:0',
  tmp: '1777 0:0',
  'var/tmp': '1777 0:0',
};

function withIds(accounts: { [name: string]: number }): Allowed {
  const reason = 'base-passwd makes it on every Debian, with this id';
  return Object.fromEntries(Object.entries(accounts).map(([name, id]) => [`${name} ${id}`, reason]));
}
