/** Users that the package base-passwd makes on every Debian, with their ids. */
export const fixedUsers: { [name: string]: number } = {
  root: 0,
  daemon: 1,
  bin: 2,
  sys: 3,
  sync: 4,
  games: 5,
  man: 6,
  lp: 7,
  mail: 8,
  news: 9,
  uucp: 10,
  proxy: 13,
  'www-data': 33,
  backup: 34,
  list: 38,
  irc: 39,
  _apt: 42,
  nobody: 65534,
};

/** Groups that the package base-passwd makes on every Debian, with their ids. */
export const fixedGroups: { [name: string]: number } = {
  root: 0,
  daemon: 1,
  bin: 2,
  sys: 3,
  adm: 4,
  tty: 5,
  disk: 6,
  lp: 7,
  mail: 8,
  news: 9,
  uucp: 10,
  man: 12,
  proxy: 13,
  kmem: 15,
  dialout: 20,
  fax: 21,
  voice: 22,
  cdrom: 24,
  floppy: 25,
  tape: 26,
  sudo: 27,
  audio: 29,
  dip: 30,
  'www-data': 33,
  backup: 34,
  operator: 37,
  list: 38,
  irc: 39,
  src: 40,
  shadow: 42,
  utmp: 43,
  video: 44,
  sasl: 45,
  plugdev: 46,
  staff: 50,
  games: 60,
  users: 100,
};

/** Users and groups that packages of the archive make by name; what is missing here, hygiene finds later. */
const ofPackages = `
  _apt _chrony _rpc _ssh avahi bluetooth colord crontab docker fwupd-refresh geoclue input kvm
  libvirt libvirt-qemu lpadmin messagebus mysql netdev nm-openvpn nogroup ntpsec polkitd postfix
  postgres redis render rtkit saned sgx clock sshd ssl-cert statd systemd-coredump systemd-journal
  systemd-network systemd-oom systemd-resolve systemd-timesync tcpdump tss usbmux uuidd wireshark
`
  .trim()
  .split(/\s+/);

/** Names that no user of a recipe may have. */
export const accounts: string[] = [
  ...new Set([...Object.keys(fixedUsers), ...Object.keys(fixedGroups), ...ofPackages]),
].sort();
