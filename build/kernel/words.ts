/** Words of the command line that programs of user space read, and which program that is. */
export const userSpace: [pattern: RegExp, program: string][] = [
  [/^systemd[._]/, 'systemd'],
  [/^udev\./, 'udev'],
  [/^(rd|plymouth)[._]/, 'the initramfs'],
  [/^(luks|root(hash|flags)|usrhash|mount\.usr\w*|mount|usr\w*|verity\w*)([._]|$)/, 'systemd'],
  [/^fsck\./, 'systemd-fsck'],
  [/^quotacheck\./, 'systemd-quotacheck'],
  [/^(splash|nosplash)$/, 'the boot screen'],
  [/^modprobe\./, 'modprobe'],
  [/^modules[-_]load$/, 'systemd-modules-load'],
  [/^(net\.|ifname$|biosdevname$)/, 'udev'],
  [/^ip$/, 'the initramfs or the kernel'],
  [/^(vconsole|locale|hostname|firstboot)[._]?/, 'systemd'],
  [/^ds$|^cloud[-_]init/, 'cloud-init'],
  [/^(boot|live[-_]\w+|live|components|nocomponents|toram|persistence\w*|findiso|fromiso)$/, 'live-boot'],
  [/^live[-_](config|boot)\b/, 'live-config'],
  [/^(emergency|rescue|single|[1-5])$/, 'init'],
  [/^(noresume|resume\w*|root\w*|ro|rw)$/, 'the initramfs or the kernel'],
];

/** Words that the kernel takes only when a symbol is on. */
export const neededSymbols: { [word: string]: string } = {
  audit: 'AUDIT',
  hugepages: 'HUGETLBFS',
  hugepagesz: 'HUGETLBFS',
  mitigations: 'CPU_MITIGATIONS',
  nmi_watchdog: 'HARDLOCKUP_DETECTOR',
  nohz_full: 'NO_HZ_FULL',
  nowatchdog: 'LOCKUP_DETECTOR',
  numa_balancing: 'NUMA_BALANCING',
  preempt: 'PREEMPT_DYNAMIC',
  rcu_nocbs: 'RCU_NOCB_CPU',
  transparent_hugepage: 'TRANSPARENT_HUGEPAGE',
  'zswap.enabled': 'ZSWAP',
};

/** Values that a kernel refuses although its documentation has them. */
export const refusedValues: { word: string; values: string[]; if: string; why: string }[] = [
  {
    word: 'preempt',
    values: ['none', 'voluntary'],
    if: 'ARCH_HAS_PREEMPT_LAZY',
    why: 'with lazy preemption the kernel says "unsupported mode": full and lazy are left',
  },
];
