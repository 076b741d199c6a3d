import type { Check } from './check.ts';
import { basename, each, follow, lines, named, present, type Root, shown } from './root.ts';

/** What starts, and into what. */
export const boot: Check[] = [
  {
    name: 'one-kernel',
    rule: 'Ingot',
    must: 'there is one kernel, with its modules and its initramfs, all of one version',
    remedy: 'remove the others from the package lists, or make the initramfs',
    find(root) {
      const { image, initramfs } = root.expected.kernel;
      const parts = [image, initramfs, 'usr/lib/modules/*'].map((path) => {
        const releases = root.entries.flatMap((entry) => fileOf(path).exec(entry.path)?.[1] ?? []);
        return { path, releases };
      });
      const [release] = parts[0]!.releases;
      return parts
        .filter(({ releases }) => releases.length !== 1 || releases[0] !== release)
        .map(({ path, releases }) => ({ path, found: releases.join(' ') || 'none' }));
    },
  },
  {
    name: 'boot-files',
    rule: 'Ingot',
    must: 'kernel and initramfs are files with something in them, which everybody reads and only root writes',
    remedy: 'build them again, with mode 0644',
    find(root) {
      const { image, initramfs } = root.expected.kernel;
      return each(
        [image, initramfs]
          .flatMap((path) => named(root, fileOf(path)))
          .filter(
            ({ kind, mode, size, uid }) => kind !== 'f' || size < 1 << 20 || mode !== 0o644 || uid !== 0,
          ),
        (entry) => `${shown(entry)}, ${entry.size} bytes`,
      );
    },
  },
  {
    name: 'first-program',
    rule: 'Ingot',
    must: 'the first program is systemd',
    remedy: 'install the package systemd-sysv',
    find(root) {
      const init = follow(root, 'sbin/init')?.path ?? 'nowhere';
      return init === 'usr/lib/systemd/systemd' ? [] : [{ path: 'sbin/init', found: init }];
    },
  },
  {
    name: 'default-target',
    rule: 'Ingot',
    must: 'the system starts into multi-user.target or graphical.target',
    remedy: 'remove etc/systemd/system/default.target',
    find(root) {
      const set = ['etc/systemd/system/default.target', 'usr/lib/systemd/system/default.target'];
      const path = set.find((candidate) => root.at.has(candidate)) ?? set[1]!;
      const target = basename(follow(root, path)?.path ?? 'nowhere');
      return /^(multi-user|graphical)\.target$/.test(target) ? [] : [{ path, found: target }];
    },
  },
  {
    name: 'file-systems',
    rule: 'Azure',
    must: 'etc/fstab names no swap and no disk of the build machine',
    remedy: 'remove the line; swap is compressed memory, disks are found by what is on them',
    find: (root) =>
      lines(root.texts.get('etc/fstab'))
        .filter((line) => !root.expected.mounts.includes(line))
        .filter((line) => /\sswap\s/.test(line) || !/^(LABEL|PARTLABEL|tmpfs|overlay|none)\b/.test(line))
        .map((line) => ({ path: 'etc/fstab', found: line })),
  },
  {
    name: 'swap-files',
    rule: 'Azure',
    must: 'there is no swap file',
    remedy: 'remove it',
    find: (root) => present(named(root, /^(swap(file|\.img)?|var\/swap(file)?)$/)),
  },
  {
    name: 'build-paths',
    rule: 'Ingot',
    must: 'no configuration names a folder of the build',
    remedy: 'find what wrote it',
    find: (root: Root) =>
      [...root.texts]
        .filter(([path]) =>
          ['etc', 'usr/lib/systemd', root.expected.packageDatabase].some((top) => path.startsWith(`${top}/`)),
        )
        .flatMap(([path, text]) =>
          [...text.matchAll(buildFolder)].map(([, named]) => ({ path, found: named! })),
        ),
  },
];

/** What a sandbox shows to programs, and temporary folders as mktemp(1) and its like name them. */
const buildFolder = /(?:^|[\s"'=:])(\/(?:inputs|scratch)\/[\w.-]+|\/tmp\/[\w-]+[.-]\w{6,}(?![\w.-]))/gm;

/** Matches a path in which `*` stands for the kernel's release, and finds that. */
function fileOf(path: string): RegExp {
  const [before, after] = path.split('*').map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${before}([^/]+)${after}$`);
}
