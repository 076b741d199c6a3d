import { expect, it } from 'vitest';
import { entry, facts } from './fixture.ts';
import { classOf, diffImages } from './images.ts';

const a = facts();

it('finds nothing between the same', () => {
  const diff = diffImages(a, facts(), []);
  expect(diff).toMatchObject({ identical: true, packages: [], units: [], files: [], parts: [], models: [] });
  expect(diff).toMatchObject({ kernelOptions: [], commandLines: [], a: diff.b });
  expect(diff.a.counts).toEqual({
    packages: 2,
    units: 1,
    kernelOptions: 2,
    commandLines: 1,
    models: 1,
    parts: 1,
    files: 3,
  });
  expect(diffImages(a, facts({ sha256: '3' }), []).identical).toBe(false);
});

it('tells packages that were added, removed and moved', () => {
  const packages = new Map([
    ['libc6:amd64', '2.43-1'],
    ['vim:amd64', '9.1'],
  ]);
  expect(diffImages(a, facts({ packages }), []).packages).toEqual([
    { name: 'libc6:amd64', from: '2.42-2', to: '2.43-1' },
    { name: 'vim:amd64', from: undefined, to: '9.1' },
    { name: 'zstd:amd64', from: '1.5.7-1', to: undefined },
  ]);
});

it('tells units, kernel options, models and partitions', () => {
  const b = facts({
    units: new Map([['ssh.service', 'masked']]),
    kernel: new Map([['CONFIG_SMP', 'y']]),
    models: new Map([['smoke', '4'.repeat(64)]]),
    parts: [{ name: 'root', type: 'root', size: 8192 }],
  });
  const diff = diffImages(a, b, []);
  expect(diff.units).toEqual([{ name: 'ssh.service', from: 'multi-user.target', to: 'masked' }]);
  expect(diff.kernelOptions).toEqual([{ name: 'CONFIG_XFS_FS', from: 'm', to: undefined }]);
  expect(diff.models).toEqual([{ name: 'smoke', from: '2'.repeat(64), to: '4'.repeat(64) }]);
  expect(diff.parts).toEqual([{ name: 'root (root)', from: '4096', to: '8192' }]);
});

it.each([
  ['a word more', ['quiet', 'console=ttyS0', 'debug'], { from: '', to: 'debug' }],
  ['another word', ['console=ttyS0', 'debug'], { from: 'quiet', to: 'debug' }],
  ['another order', ['console=ttyS0', 'quiet'], { from: 'quiet console=ttyS0', to: 'console=ttyS0 quiet' }],
])('tells %s on a command line', (_what, words, change) => {
  const bootEntries = [{ name: 'boot:grub.cfg', words }];
  expect(diffImages(a, facts({ bootEntries }), []).commandLines).toEqual([
    { name: 'boot:grub.cfg', ...change },
  ]);
});

it.each([
  ['content', { sha256: 'b'.repeat(64) }],
  ['size', { size: 6 }],
  ['mode', { mode: 0o755 }],
  ['owner', { gid: 42 }],
  ['capabilities', { capabilities: '01' }],
  ['kind', { kind: 'l' as const }],
])('tells a file of another %s', (what, changed) => {
  const files = [entry('etc/hostname', changed)];
  const diff = diffImages(facts({}, [entry('etc/hostname')]), facts({}, files), []);
  expect(diff.files).toMatchObject([{ name: 'etc/hostname', differs: [what] }]);
});

it('tells a link that points elsewhere', () => {
  const link = (to: string) => facts({}, [entry('bin', { kind: 'l', to, sha256: '' })]);
  expect(diffImages(link('usr/bin'), link('usr/sbin'), []).files).toEqual([
    {
      name: 'bin',
      class: 'link',
      differs: ['content'],
      from: '0644 0:0 link usr/bin',
      to: '0644 0:0 link usr/sbin',
    },
  ]);
});

it.each([
  ['usr/lib/modules/7/kernel/fs/xfs.ko.xz', 'data', 'kernel module'],
  ['usr/bin/sudo', 'elf', 'ELF'],
  ['var/lib/dpkg/status', 'text', 'package database'],
  ['boot/vmlinuz-7.2', 'data', 'boot'],
  ['boot:EFI/BOOT/BOOTX64.EFI', 'data', 'boot'],
  ['srv/x.gguf', 'gguf', 'model'],
  ['etc/hostname', 'text', 'text'],
  ['etc/machine-id', '', 'empty'],
  ['usr/share/x.png', 'data', 'data'],
] as const)('calls %s with %s in it %s', (path, content, name) => {
  expect(classOf(path, { kind: 'f', content })).toBe(name);
});
