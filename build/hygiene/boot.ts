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
      const versions = (files: RegExp) =>
        named(root, files).map(({ path }) => basename(path).replace(/^(vmlinuz|initrd\.img)-/, ''));
      const parts: [string, string[]][] = [
        ['boot/vmlinuz', versions(/^boot\/vmlinuz-[^/]+$/)],
        ['boot/initrd.img', versions(/^boot\/initrd\.img-[^/]+$/)],
        ['usr/lib/modules', versions(/^usr\/lib\/modules\/[^/]+$/)],
      ];
      const [version] = parts[0]![1];
      return parts
        .filter(([, found]) => found.length !== 1 || found[0] !== version)
        .map(([path, found]) => ({ path, found: found.join(' ') || 'none' }));
    },
  },
  {
    name: 'boot-files',
    rule: 'Ingot',
    must: 'kernel and initramfs are files with something in them, which everybody reads and only root writes',
    remedy: 'make them again; mode 0644',
    find: (root) =>
      each(
        named(root, /^boot\/(vmlinuz|initrd\.img)-[^/]+$/).filter(
          ({ kind, mode, size, uid }) => kind !== 'f' || size < 1 << 20 || mode !== 0o644 || uid !== 0,
        ),
        (entry) => `${shown(entry)}, ${entry.size} bytes`,
      ),
  },
  {
    name: 'old-kernels',
    rule: 'Ingot',
    must: 'no name is kept for an earlier kernel',
    remedy: 'remove the link',
    find: (root) => present(named(root, /^(boot\/)?(vmlinuz|initrd\.img)\.old$/)),
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
    name: 'release',
    rule: 'Ingot',
    must: "the system says that it is the recipe's suite",
    remedy: 'lock the recipe again; the archive is of another suite',
    find(root) {
      const said = /^VERSION_CODENAME=(.*)$/m.exec(root.texts.get('usr/lib/os-release') ?? '')?.[1];
      return said === root.expected.suite
        ? []
        : [{ path: 'usr/lib/os-release', found: said ?? 'no codename' }];
    },
  },
  {
    name: 'build-paths',
    rule: 'Ingot',
    must: 'no configuration names a folder of the build',
    remedy: 'find what wrote it',
    find: (root: Root) =>
      [...root.texts]
        .filter(([path]) =>
          /^(etc|usr\/lib\/systemd|var\/lib\/dpkg\/(status|diversions|statoverride))(\/|$)/.test(path),
        )
        .flatMap(([path, text]) =>
          [
            ...text.matchAll(
              /(?:^|[\s"'=:])((?:\/inputs|\/scratch)\/[\w.-]+|\/tmp\/(?:mmdebstrap|ingot)[\w.-]*)/gm,
            ),
          ].map(([, named]) => ({ path, found: named! })),
        ),
  },
];
