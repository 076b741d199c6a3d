import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * mkosi, in a Debian root of its own: what disks are timed against. Its configuration asks for the same
 * packages; it has a folder for its cache, as its users have who build more than once.
 */
export interface Mkosi {
  /** One build, from nothing or from the cache that the one before has left. */
  build(incremental: boolean): void;
  /** Folder of files laid over the image. */
  extra: string;
}

export function prepareMkosi(
  folder: string,
  { suite, mirror, packages }: { suite: string; mirror: string; packages: string[] },
): Mkosi {
  const tree = join(folder, 'mkosi');
  const needs = [
    ...['mkosi', 'apt', 'apt-utils', 'ca-certificates', 'debian-archive-keyring', 'dosfstools', 'e2fsprogs'],
    ...['mtools', 'systemd-boot-efi', 'systemd-repart', 'xfsprogs', 'zstd'],
  ];
  run([
    'mmdebstrap',
    '--variant=apt',
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Check-Valid-Until "false"',
    `--include=${needs.join(',')}`,
    suite,
    tree,
    mirror,
  ]);
  const work = join(tree, 'scratch');
  const sources = join(work, 'mkosi.sandbox/etc/apt/sources.list.d');
  for (const path of [
    sources,
    join(work, 'cache'),
    join(work, 'mkosi.extra/etc'),
    join(work, 'mkosi.repart'),
  ])
    mkdirSync(path, { recursive: true });
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(
    join(sources, 'mkosi.sources'),
    `Types: deb\nURIs: ${mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${keyring}\n`,
  );
  writeFileSync(join(work, 'mkosi.conf'), configuration(suite, packages));
  writeFileSync(
    join(work, 'mkosi.repart/00-esp.conf'),
    '[Partition]\nType=esp\nFormat=vfat\nCopyFiles=/boot:/\nCopyFiles=/efi:/\nSizeMinBytes=1G\nSizeMaxBytes=1G\n',
  );
  writeFileSync(
    join(work, 'mkosi.repart/10-root.conf'),
    '[Partition]\nType=root\nFormat=xfs\nCopyFiles=/\nMinimize=no\nSizeMinBytes=5G\n',
  );
  return { build: (incremental) => run(inside(tree, incremental)), extra: join(work, 'mkosi.extra') };
}

function configuration(suite: string, packages: string[]): string {
  return `[Distribution]
Distribution=debian
Release=${suite}

[Output]
Format=disk
Output=image

[Content]
Bootable=yes
Bootloader=systemd-boot
WithRecommends=no
Packages=
${['systemd-boot-efi', ...packages].map((name) => `  ${name}`).join('\n')}

[Build]
CacheDirectory=cache
`;
}

/** mkosi in namespaces of its own, as root; its mounts end with it. */
function inside(tree: string, incremental: boolean): string[] {
  const enter = `
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /sys "$1/sys"
mount --rbind /dev "$1/dev"
mount -t tmpfs tmp "$1/tmp"
mount -t tmpfs run "$1/run"
cat /etc/resolv.conf > "$1/etc/resolv.conf"
exec chroot "$1" sh -c 'cd /scratch && exec mkosi --force --incremental="$0" build' "$2"`;
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child=KILL', '--propagation=private'];
  return ['unshare', ...namespaces, 'sh', '-euc', enter, 'mkosi', tree, incremental ? 'yes' : 'no'];
}

function run(command: string[]): void {
  const { status, stderr } = spawnSync(command[0]!, command.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command[0]} ended with ${status}: ${stderr.slice(-3000)}`);
}
