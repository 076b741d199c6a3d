import { expect, it } from 'vitest';
import { expectedOf, parseSysusers } from './expected.ts';
import { foundBy, rootOf } from './fixture.ts';
import { allChecks, assertClean, judge, reportOf } from './judge.ts';
import { follow } from './root.ts';
import { ssh } from './ssh.ts';
import { presetUnits } from './units.ts';

const checks = allChecks({});

it('judges an empty root without a slip, and misses what every system has', () => {
  const { expected, ...empty } = rootOf({});
  const missed = judge(empty, expected, {}).map(({ check }) => check.name);
  expect(missed).toContain('machine-id');
  expect(missed).toContain('one-kernel');
  expect(missed).not.toContain('set-uid');
  expect(reportOf(empty, expected, {})).toMatchObject({ entries: 0, allowed: { setUid: {} } });
  expect(() => assertClean(judge(empty, expected, {}))).toThrow('/etc/machine-id: missing');
});

it('reads from the overlay what the recipe asks for', () => {
  const file = (path: string, content: string) =>
    ({ kind: 'file', path, content, mode: 0o644, uid: 0, gid: 0 }) as const;
  const sysusers = 'u! ann 1000 "Ann B" /home/ann /bin/bash\nu srv - "s" -\nm ann sudo\n';
  const overlay = [file('etc/hostname', 'box\n'), file('usr/lib/sysusers.d/a.conf', sysusers)];
  const { expected } = rootOf({});
  expect(expectedOf({ ...expected, overlay })).toEqual({
    ...expected,
    hostname: 'box',
    people: ['ann'],
    overlay: ['etc/hostname', 'usr/lib/sysusers.d/a.conf'],
  });
  expect(parseSysusers(sysusers)).toMatchObject({ groups: ['ann', 'srv'], members: ['ann sudo'] });
});

it.each<[string, string | undefined]>([
  ['bin/sh', 'usr/bin/dash'],
  ['etc/up', 'usr/bin/dash'],
  ['etc/../bin/./sh', 'usr/bin/dash'],
  ['loop', undefined],
  ['etc/dead', undefined],
])('follows %s inside the root to %s', (path, expected) => {
  const root = rootOf({
    bin: '->usr/bin',
    'usr/bin/sh': '->dash',
    'usr/bin/dash': '',
    'etc/up': '->../../../bin/sh',
    'etc/dead': '->/nowhere',
    loop: '->loop',
  });
  expect(follow(root, path)?.path).toBe(expected);
});

it('takes the first preset that matches, and what comes along by Also=', () => {
  const root = rootOf({
    'usr/lib/systemd/system-preset/10-a.preset': 'enable a.service\nenable getty@.service\n',
    'usr/lib/systemd/system-preset/99-b.preset': 'disable *\n',
    'usr/lib/systemd/system/a.service': '[Install]\nAlso=b.socket\n',
    'usr/lib/systemd/system/b.socket': '[Install]\nAlso=c.socket\n',
  });
  const on = presetUnits(root, ['a.service', 'd.service', 'getty@tty1.service']);
  expect([...on]).toEqual(['a.service', 'getty@tty1.service', 'b.socket', 'c.socket']);
});

it.each<[string, { [path: string]: string }, string[]]>([
  ['nothing is set', { '': '' }, ['PasswordAuthentication yes', 'KbdInteractiveAuthentication yes']],
  [
    'the first of two drop-ins says no',
    { '1': 'PasswordAuthentication no', '2': 'passwordauthentication yes' },
    [],
  ],
  [
    'the first of two drop-ins says yes',
    { '1': 'PasswordAuthentication yes', '2': 'PasswordAuthentication no' },
    ['PasswordAuthentication yes'],
  ],
  [
    'a Match block says yes',
    { '1': 'PasswordAuthentication=no\nMatch User x\n  PasswordAuthentication yes' },
    ['PasswordAuthentication yes'],
  ],
])('reads sshd as sshd does: %s', (_what, dropIns, found) => {
  const other = '' in dropIns ? {} : { '0': 'KbdInteractiveAuthentication no' };
  const files = Object.entries({ ...other, ...dropIns }).map(([name, text]) => [
    `etc/ssh/sshd_config.d/${name}.conf`,
    text,
  ]);
  const root = rootOf({
    'etc/ssh/sshd_config': 'Include /etc/ssh/sshd_config.d/*.conf\n',
    ...Object.fromEntries(files),
  });
  const check = ssh.find(({ name }) => name === 'ssh-passwords')!;
  expect(check.find(root).map((violation) => violation.found)).toEqual(found);
});

it('takes a file called core for a crash, unless a package brought it', () => {
  const root = rootOf({ 'srv/core': 'x', 'usr/lib/schemas/core': '{}' });
  const owned = new Set(['usr/lib/schemas/core']);
  expect(foundBy('crashes', { ...root, owned })).toEqual(['srv/core']);
});

it("takes the mounts of the recipe's disk, and no other", () => {
  const fstab = { 'etc/fstab': 'PARTUUID=a / xfs noatime 0 0\nPARTUUID=b /home xfs noatime 0 0\n' };
  expect(foundBy('file-systems', rootOf(fstab, { mounts: ['PARTUUID=a / xfs noatime 0 0'] }))).toHaveLength(
    1,
  );
  expect(foundBy('file-systems', rootOf(fstab))).toHaveLength(2);
});

it('finds kernels where the distribution has them', () => {
  const kernel = { image: 'usr/lib/modules/*/vmlinuz', initramfs: 'boot/initramfs-*.img' };
  const files = { 'usr/lib/modules/7.1-a/vmlinuz': '', 'boot/initramfs-7.1-a.img': '' };
  expect(foundBy('one-kernel', rootOf(files, { kernel }))).toEqual([]);
  expect(foundBy('boot-files', rootOf(files, { kernel }))).toEqual(Object.keys(files));
  const two = { ...files, 'boot/initramfs-7.0.img': '', 'boot/vmlinuz-7.0': '' };
  expect(foundBy('one-kernel', rootOf(two, { kernel }))).toEqual(['boot/initramfs-*.img']);
});

it('finds folders of the build in configuration and in the state of the package manager', () => {
  const files = {
    'etc/a': 'SOURCE=/inputs/repo',
    'etc/b': 'D=/tmp/mktemp.Ab3dE6gH9j',
    'etc/c':
      'D=/tmp/.X11-unix:/tmp/hsperfdata:/tmp/a.sock; mktemp /tmp/test.XXXXXXXXXX; /tmp/other-program:* rw,',
    'var/lib/packages/status': 'made in /scratch/root',
    'usr/share/x': '/inputs/repo',
  };
  expect(foundBy('build-paths', rootOf(files)).sort()).toEqual(['etc/a', 'etc/b', 'var/lib/packages/status']);
});

it.each([
  ['LANG=C.UTF-8\nLC_TIME="POSIX"', []],
  ['LANG=de_DE.UTF-8', []],
  ['LANG=de_AT.UTF-8\nLC_ALL=xx', ['LANG=de_AT.UTF-8', 'LC_ALL=xx']],
])('knows whether a locale is there: %s', (text, found) => {
  const root = rootOf({ 'etc/locale.conf': text, 'usr/lib/locale/de_DE.utf8/LC_TIME': '' });
  const { find } = checks.find(({ name }) => name === 'locale')!;
  expect(find(root).map((violation) => violation.found)).toEqual(found);
});

it('takes a person only with ordinary ids and a home in /home', () => {
  const passwd = (line: string) => rootOf({ 'etc/passwd': `${line}\n` }, { people: ['ann', 'daemon'] });
  expect(foundBy('people', passwd('ann:x:1000:1000::/home/ann:/bin/bash'))).toEqual([]);
  for (const line of [
    'daemon:x:1:1::/usr/sbin:/usr/sbin/nologin',
    'ann:x:1000:27::/home/ann:/bin/bash',
    'ann:x:998:1000::/home/ann:/bin/bash',
    'bob:x:1001:1001::/home/bob:/bin/bash',
  ])
    expect(foundBy('people', passwd(line)), line).toEqual(['etc/passwd']);
});

it('finds drivers that the kernel does not have', () => {
  const root = rootOf({
    'etc/dracut.conf.d/50.conf': 'add_drivers+=" virtio_blk nvme ext4 nosuch "\ncompress="zstd"\n',
    'etc/initramfs-tools/modules': 'virtio-blk x=1\nother y\n',
    'usr/lib/modules/7.1/kernel/drivers/virtio-blk.ko.xz': '',
    'usr/lib/modules/7.1/kernel/drivers/nvme.ko': '',
    'usr/lib/modules/7.1/modules.builtin': 'kernel/fs/ext4/ext4.ko\n',
  });
  const { find } = checks.find(({ name }) => name === 'missing-drivers')!;
  expect(find(root).map(({ found }) => found)).toEqual(['nosuch', 'other']);
});

it('lets packaged documentation link to what recommended packages bring, and nothing else', () => {
  const files = { 'usr/share/doc/a/x': '->../b/x', 'usr/share/doc/a/y': '->../b/y', 'etc/z': '->nowhere' };
  const root = rootOf(files);
  root.owned.add('usr/share/doc/a/x').add('etc/z');
  expect(foundBy('dead-links', root).sort()).toEqual(['etc/z', 'usr/share/doc/a/y']);
});
