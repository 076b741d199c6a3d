import { PackageURL } from 'packageurl-js';
import type { Distro } from '../../model/distro.ts';
import {
  apt,
  aptFiles,
  copySource,
  essential,
  parseComponents,
  parseRecords,
  parseReleaseDate,
  parseSimulation,
} from './apt.ts';
import { explainApt, unknownPackages } from './apt-complaints.ts';
import { accounts } from './hygiene/accounts.ts';
import { allowed, modes } from './hygiene/allowed.ts';
import { ownKernel } from './own-kernel.ts';

/** Where the programs lie. */
const folder = new URL('./scripts/', import.meta.url).href;

/** Debian, by mmdebstrap, apt and dpkg. */
export const debian: Distro = {
  name: 'debian',
  title: 'Debian',
  hostTools: { mmdebstrap: 'mmdebstrap', 'apt-ftparchive': 'apt-utils' },
  components: ['main', 'contrib', 'non-free', 'non-free-firmware'],
  mirrors: {
    variable: 'INGOT_DEBIAN_MIRROR',
    // mmdebstrap writes sources.list before it runs set-up hooks; a failing hook ends it there.
    command: [
      'mmdebstrap',
      '--variant=custom',
      '--format=null',
      '--setup-hook=cat "$1"/etc/apt/sources.list >&2; false',
      'sid',
      '/dev/null',
    ],
    find: (output) => /^deb (?:\[.*\] )?(\S+) sid /m.exec(output)?.[1],
  },
  keyring: { path: '/usr/share/keyrings/debian-archive-keyring.gpg', package: 'debian-archive-keyring' },
  resolver: {
    files: ({ mirror, ...place }) =>
      aptFiles({ ...place, mirror: 'url' in mirror ? mirror.url : copySource(mirror.folder) }),
    // Without this, apt-get update calls a missing index a warning and goes on with what it has.
    update: (root) => apt(root, 'apt-get', '--quiet', '-o', 'APT::Update::Error-Mode=any', 'update'),
    choose: (root, names) =>
      apt(root, 'apt-get', '--quiet', '--simulate', '--no-remove', 'install', essential, ...names),
    chosen: parseSimulation,
    describe: (root, chosen) => apt(root, 'apt-cache', 'show', ...chosen),
    packages: parseRecords,
    release: {
      folder: 'state/lists',
      suffix: '_InRelease',
      date: parseReleaseDate,
      components: parseComponents,
    },
    names: (root) => apt(root, 'apt-cache', 'pkgnames'),
    unknown: unknownPackages,
    explain: explainApt,
  },
  programs: {
    index: { folder, files: ['index.sh'] },
    tools: { folder, files: ['tools.sh', 'install.sh', 'scrub.sh'] },
    packages: {
      folder,
      files: ['packages.sh', 'install.sh', 'configure.sh', 'verify.sh', 'list-installed.sh', 'sources.sh'],
    },
    scrub: { folder, files: ['scrub-image.sh', 'scrub.sh'] },
    packageFacts: { folder, files: ['package-facts.sh', 'altered-files.py', 'owned-paths.sh'] },
    listInstalled: { folder, files: ['list-installed.sh'] },
    kernelSource: { folder, files: ['kernel-source.sh'] },
    kernelPackage: { folder, files: ['kernel-package.sh', 'kernel-hooks.sh', 'kernel-copyright'] },
  },
  earlyPaths: /^etc\/(initramfs-tools|dracut\.conf\.d|dpkg)\//,
  kernel: {
    image: 'boot/vmlinuz-*',
    initramfs: 'boot/initrd.img-*',
    config: 'boot/config-*',
    package: 'linux-image-*',
  },
  kernelSource: (version) => [`linux-source-${version}`, `linux-config-${version}`],
  ownKernel,
  packageDatabase: 'var/lib/dpkg',
  copyright: 'usr/share/doc/*/copyright',
  hygiene: {
    allowed,
    modes,
    texts: 'var/lib/dpkg/([^/]*|(alternatives|triggers|updates)/.*)|var/cache/debconf/passwords[.]dat',
  },
  accounts,
  /** `pkg:deb/debian/zstd@1.5.7-1?arch=amd64&distro=forky` */
  purl: ({ name, version, architecture }, base) =>
    new PackageURL(
      'deb',
      'debian',
      name,
      version,
      { arch: architecture, distro: base },
      undefined,
    ).toString(),
};
