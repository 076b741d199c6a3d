import type { LockedPackage } from '../../model/types.ts';
import { copySource } from './apt.ts';

/**
 * The mmdebstrap command that makes a root of exactly the given packages from a local repository.
 * The repository needs no signature: each of its files was checked against the lock when it was made.
 */
export function mmdebstrap(options: {
  suite: string;
  packages: LockedPackage[];
  repository: string;
  root: string;
  /** Shell commands run with the root as `$1` before any package is unpacked. */
  setup?: string[];
  /** Shell commands run with the root as `$1` when all packages are configured. */
  customize?: string[];
}): string[] {
  const { suite, packages, repository, root, setup = [], customize = [] } = options;
  return [
    'mmdebstrap',
    '--mode=root',
    '--format=directory',
    '--variant=essential',
    '--architectures=amd64',
    // The package manager's own state is no part of an image's identity.
    '--dpkgopt=force-unsafe-io',
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Languages "none"',
    `--include=${packages.map((p) => `${p.name}=${p.version}`).join(',')}`,
    ...setup.map((command) => `--setup-hook=${command}`),
    ...customize.map((command) => `--customize-hook=${command}`),
    suite,
    root,
    `deb [trusted=yes] ${copySource(repository)} ${suite} main`,
  ];
}

/** Parts of a root that are born on the build machine or only serve the build; removed before the root is kept. */
export const scrub = [
  // Host keys, ids and seeds belong to the machine that boots.
  'rm -f "$1"/etc/ssh/ssh_host_*_key "$1"/etc/ssh/ssh_host_*_key.pub',
  'rm -f "$1"/var/lib/dbus/machine-id "$1"/var/lib/systemd/random-seed "$1"/var/lib/systemd/credential.secret',
  'rm -f "$1"/etc/machine-id; echo uninitialized > "$1"/etc/machine-id; chmod 0444 "$1"/etc/machine-id',
  // Logs, caches and backups tell of the build, not of the system.
  'find "$1"/var/log -type f -delete; rm -rf "$1"/var/cache/ldconfig/aux-cache "$1"/var/cache/man/*',
  'rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin "$1"/var/cache/apt/archives/*.deb',
  'rm -f "$1"/etc/passwd- "$1"/etc/group- "$1"/etc/shadow- "$1"/etc/gshadow- "$1"/etc/.pwd.lock',
  'rm -f "$1"/var/lib/dpkg/*-old "$1"/var/cache/debconf/*-old "$1"/etc/apt/sources.list',
  'rm -f "$1"/etc/resolv.conf "$1"/etc/hostname',
  'find "$1" -xdev -name __pycache__ -type d -prune -exec rm -rf {} +',
  // Not /tmp: mmdebstrap has its settings there to the very end, and empties it then. Without them its last command
  // would empty the host's package lists.
  'rm -rf "$1"/var/tmp/*',
];

/**
 * What only goes when nothing runs in the root any more: on top of `scrub`, for a root that becomes an image.
 */
export const scrubImage = [
  // Mounted over or recreated at every boot.
  'find "$1"/dev "$1"/run "$1"/tmp "$1"/var/cache/apt -mindepth 1 -delete',
  // Settings for the build's speed, and for the build's choice of packages.
  'rm -f "$1"/etc/apt/apt.conf.d/99mmdebstrap "$1"/etc/dpkg/dpkg.cfg.d/99mmdebstrap',
  'rm -f "$1"/var/lib/dpkg/lock "$1"/var/lib/dpkg/lock-frontend "$1"/var/lib/dpkg/triggers/Lock',
  // Earlier versions that package scripts keep.
  'rm -f "$1"/etc/.resolv.conf.systemd-resolved.bak "$1"/var/lib/ucf/*.[0-9] "$1"/vmlinuz.old "$1"/initrd.img.old',
];

/** Sets every time in the root at `$1` that is later than the lock's to the lock's. */
export const clampTimes =
  'find "$1" -xdev -newermt "@$SOURCE_DATE_EPOCH" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +';

/** The suite that is never released has neither updates nor security's own archive. */
const unreleased = ['sid', 'unstable'];

/**
 * Shell command that gives the root at `$1` its apt sources: the example that apt itself ships, for this suite, security
 * updates included. So the mirror is the distribution's own, not the one the image was built from.
 */
export function aptSources(suite: string): string {
  const from = '"$1"/usr/share/doc/apt/examples/debian.sources';
  const to = '"$1"/etc/apt/sources.list.d/debian.sources';
  const program = unreleased.includes(suite)
    ? `/^#/ {next} /^$/ {exit} {sub(/^Suites:.*/, "Suites: ${suite}"); print}`
    : `/^#/ {next} /^Suites:/ {gsub(/ [a-z]+/, " ${suite}")} {print}`;
  return `awk '${program}' ${from} > ${to}; grep -q "^Suites: ${suite}" ${to}`;
}
