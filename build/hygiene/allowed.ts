/** Paths that a check would refuse, each with the reason why it is right as it is. */
export interface Allowed {
  [path: string]: string;
}

const account = 'users change their own entry in passwd, group and shadow';
const mounts = 'users mount and unmount what fstab says they may';

/** Programs that run as root whoever starts them. */
export const setUid: Allowed = {
  'usr/bin/chfn': account,
  'usr/bin/chsh': account,
  'usr/bin/gpasswd': account,
  'usr/bin/mount': mounts,
  'usr/bin/passwd': account,
  'usr/bin/su': "becoming root, by root's password, which is locked",
  'usr/bin/sudo': 'becoming root, by the rules in sudoers',
  'usr/bin/umount': mounts,
  'usr/lib/dbus-1.0/dbus-daemon-launch-helper':
    'D-Bus starts system services; the group messagebus alone may run it',
  'usr/lib/openssh/ssh-keysign': 'proves the host to others by its key; off unless EnableSSHKeysign is on',
};

/** Programs with the rights of a group, and folders whose files get their group. */
export const setGid: Allowed = {
  'usr/bin/chage': 'users read when their password ends',
  'usr/bin/ssh-agent': 'keeps other processes of the user from reading keys in its memory',
  'usr/sbin/unix_chkpwd': 'screen lockers check the password of the user who runs them',
  'var/log/journal': 'members of systemd-journal read the journal; systemd.conf in tmpfiles.d says so',
  'var/mail': 'mail programs of the group mail deliver into it; base-files makes it so',
};

/** Folders that everybody may write to; they need the sticky bit as well. */
export const openFolders: Allowed = {
  tmp: 'temporary files',
  'var/tmp': 'temporary files that outlive a restart',
};

/** Extended attributes: `path name`. */
export const xattrs: Allowed = {
  'var/log/journal system.posix_acl_access': 'adm reads the journal; systemd.conf in tmpfiles.d says so',
  'var/log/journal system.posix_acl_default': 'adm reads the journal; systemd.conf in tmpfiles.d says so',
};

/** Mode, owner and group of what decides who gets in, where it is there. */
export const modes: Allowed = {
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

/** Files in var/log: programs that write to their log only when it is there. */
export const logs: Allowed = {};

/** Scripts that a package has run by the clock. */
export const cronJobs: Allowed = {
  'etc/cron.d/e2scrub_all': "e2fsprogs' own; leaves the work to its timer under systemd",
  'etc/cron.daily/apt-compat': "apt's own; leaves the work to its timer under systemd",
  'etc/cron.daily/dpkg':
    "dpkg's own; keeps a copy of the package state, leaves the work to its timer under systemd",
};

/** Links that lead nowhere in the image. */
export const deadLinks: Allowed = {
  'etc/vconsole.conf':
    'systemd links it to what keyboard-configuration would bring; without it the layout is US',
  'var/lib/wtmpdb/wtmp.db': 'libwtmpdb0 links it there; the first login makes it',
};

/** Units of the users' own systemd that are on. */
export const userUnits: Allowed = {
  'ssh-agent.socket': "a UNIX socket in the user's own folder",
};

/** Socket units that may listen on a network. */
export const listeners: Allowed = {};

/** Packaged files that are not as their package brought them, besides those that features lay over them. */
export const altered: Allowed = {
  'var/cache/apt/archives': 'apt makes it when it is missing',
  'var/cache/apt/archives/partial': 'apt makes it when it is missing',
  'var/lib/apt/lists/partial': 'apt makes it when it is missing',
};

const example = "example in cloud-init's documentation; the key opens nothing";

/** Packaged texts that look like a private key. */
export const publishedKeys: Allowed = {
  'usr/share/doc/cloud-init/examples/cloud-config-ansible-managed.txt': example,
  'usr/share/doc/cloud-init/examples/cloud-config-chef-oneiric.txt': example,
  'usr/share/doc/cloud-init/examples/cloud-config-chef.txt': example,
  'usr/share/doc/cloud-init/examples/cloud-config-ssh-keys.txt': example,
  'usr/share/doc/cloud-init/examples/cloud-config.txt': example,
  'usr/lib/python3/dist-packages/cryptography/hazmat/primitives/serialization/ssh.py':
    'python3-cryptography names the first line of such files',
};
