import { expect, it } from 'vitest';
import { differingWords, parseBootEntries } from './boot-entries.ts';

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
  expect(parseBootEntries('boot/grub/grub.cfg', menu)).toEqual([
    { name: 'boot/grub/grub.cfg', words: ['boot=live', 'console=ttyS0,115200'] },
    { name: 'boot/grub/grub.cfg#2', words: ['boot=live', 'toram'] },
  ]);
});

it("reads systemd-boot's entry, whose kernel has a line of its own", () => {
  const entry = 'title nanite\nlinux /vmlinuz\ninitrd /initrd.img\noptions root=LABEL=root  rw quiet\n';
  expect(parseBootEntries('loader/entries/a.conf', entry)).toEqual([
    { name: 'loader/entries/a.conf', words: ['root=LABEL=root', 'rw', 'quiet'] },
  ]);
});

it('finds none in other texts', () => {
  expect(parseBootEntries('x', 'default nanite.conf\ntimeout 3\n')).toEqual([]);
});

it('tells words apart, and counts repeated ones', () => {
  expect(differingWords(['a', 'quiet', 'b'], ['b', 'debug', 'a'])).toEqual(['-quiet', '+debug']);
  expect(differingWords(['console=tty0'], ['console=tty0', 'console=tty0'])).toEqual(['+console=tty0']);
  expect(differingWords(['a'], ['a'])).toEqual([]);
});
