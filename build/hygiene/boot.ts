import type { Check } from './check.ts';
import { basename, each, follow, lines, linesOf, named, present, type Root, shown } from './root.ts';

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
    name: 'missing-drivers',
    rule: 'Ingot',
    must: 'every driver that the initramfs is asked for is a module of the kernel, or part of it',
    remedy: 'correct the name in the option drivers of the feature disk',
    find(root) {
      const there = driversOf(root);
      return linesOf(root, /^etc\/(dracut\.conf(\.d\/.+)?|initramfs-tools\/modules)$/)
        .flatMap(({ path, line }) => askedFor(path, line).map((driver) => ({ path, found: driver })))
        .filter(({ found }) => !there.has(found.replaceAll('-', '_')));
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
          [...text.matchAll(buildFolder)]
            // A script's own template for mktemp names no folder.
            .filter(([, named]) => !/X{6,}$/.test(named!))
            .map(([, named]) => ({ path, found: named! })),
        ),
  },
];

/** What a sandbox shows to programs, and temporary folders as mktemp(1) and its like name them. */
const buildFolder = /(?:^|[\s"'=:])(\/(?:inputs|scratch)\/[\w.-]+|\/tmp\/[\w-]+[.-]\w{6,}(?![\w.-]|:\*))/gm;

/** Matches a path in which `*` stands for the kernel's release, and finds that. */
function fileOf(path: string): RegExp {
  const [before, after] = path.split('*').map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${before}([^/]+)${after}$`);
}

/** Names of the kernel's drivers as it shows them itself. */
function driversOf(root: Root): Set<string> {
  const files = named(root, /^usr\/lib\/modules\/.+\.ko(\.\w+)?$/).map(({ path }) => path);
  const builtIn = linesOf(root, /^usr\/lib\/modules\/[^/]+\/modules\.builtin$/).map(({ line }) => line);
  return new Set(
    [...files, ...builtIn].map((path) =>
      basename(path)
        .replace(/\.ko.*/, '')
        .replaceAll('-', '_'),
    ),
  );
}

/** The words of `add_drivers+=" a b "`, or the first of a line of initramfs-tools. */
function askedFor(path: string, line: string): string[] {
  if (path.startsWith('etc/initramfs-tools/')) return line.split(/\s+/).slice(0, 1);
  const words = /^(?:add|force)_drivers\+?=["']?([^"']*)/.exec(line)?.[1] ?? '';
  return words.split(/\s+/).filter(Boolean);
}
