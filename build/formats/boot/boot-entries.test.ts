import { expect, it } from 'vitest';
import { differingWords, mayHaveBootEntries, parseBootEntries } from './boot-entries.ts';
import { peFile } from './unified-kernel-fixture.ts';

it('reads every entry of a GRUB menu', () => {
  const menu = `set default=0
menuentry "nanite 1" --hotkey=l {
	linux /live/vmlinuz boot=live console=ttyS0,115200
	initrd /live/initrd.img
}
menuentry "in memory" {
	linux /live/vmlinuz boot=live toram
}
`;
  expect(parseBootEntries('boot/grub/grub.cfg', Buffer.from(menu))).toEqual([
    { name: 'boot/grub/grub.cfg', words: ['boot=live', 'console=ttyS0,115200'] },
    { name: 'boot/grub/grub.cfg#2', words: ['boot=live', 'toram'] },
  ]);
});

it("reads systemd-boot's entry, whose kernel has a line of its own", () => {
  const entry = 'title nanite\nlinux /vmlinuz\ninitrd /initrd.img\noptions root=LABEL=root  rw quiet\n';
  expect(parseBootEntries('loader/entries/a.conf', Buffer.from(entry))).toEqual([
    { name: 'loader/entries/a.conf', words: ['root=LABEL=root', 'rw', 'quiet'] },
  ]);
});

it('reads a unified kernel image, whose further profiles are entries of their own', () => {
  const path = 'boot:EFI/Linux/nanite-7.2+3.efi';
  const kernel = peFile([
    ['.cmdline', 'root=LABEL=root  rw quiet\n'],
    ['.linux', 'options no\n'],
    ['.cmdline', 'root=LABEL=root rescue'],
    ['.cmdline', ' '],
  ]);
  expect(parseBootEntries(path, kernel)).toEqual([
    { name: path, words: ['root=LABEL=root', 'rw', 'quiet'] },
    { name: `${path}#2`, words: ['root=LABEL=root', 'rescue'] },
  ]);
  expect(() => parseBootEntries(path, kernel.subarray(0, 600))).toThrow(`unified kernel image ${path}: `);
});

it.each([
  ['EFI/Linux/nanite-7.2+3.efi', true],
  ['boot/efi/linux/NANITE.EFI', true],
  ['loader/entries/a.conf', true],
  ['boot/grub/grub.cfg', true],
  ['EFI/BOOT/BOOTX64.EFI', false],
  ['EFI/systemd/systemd-bootx64.efi', false],
  ['EFI/Linux/nanite.efi.extra.d/a.addon.efi', false],
  ['vmlinuz', false],
])('looks into %s: %s', (path, looks) => {
  expect(mayHaveBootEntries(path)).toBe(looks);
});

it('finds none in other texts', () => {
  expect(parseBootEntries('x', Buffer.from('default nanite.conf\ntimeout 3\n'))).toEqual([]);
});

it('tells words apart, and counts repeated ones', () => {
  expect(differingWords(['a', 'quiet', 'b'], ['b', 'debug', 'a'])).toEqual(['-quiet', '+debug']);
  expect(differingWords(['console=tty0'], ['console=tty0', 'console=tty0'])).toEqual(['+console=tty0']);
  expect(differingWords(['a'], ['a'])).toEqual([]);
});
