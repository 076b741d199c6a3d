import { expect, it } from 'vitest';
import { renderGrubMenu, renderGrubSettings } from './grub-cfg.ts';

const menu = renderGrubMenu('nanite-server 20260102');

it('offers the live system, the same in memory, a check of the medium and, by UEFI, the firmware', () => {
  expect([...menu.matchAll(/menuentry "(.*?)"/g)].map(([, title]) => title)).toEqual([
    'nanite-server 20260102',
    'nanite-server 20260102, all of it in memory (the medium can be removed)',
    'Verify the boot medium',
    'UEFI firmware settings',
  ]);
  expect(menu).toMatch(/if \[ "\$\{grub_platform\}" = "efi" \]; then\n\tmenuentry "UEFI/);
});

it('offers to install where the medium can, and never starts that unasked', () => {
  const installs = renderGrubMenu('nanite-server 20260102', { installs: true });
  const titles = [...installs.matchAll(/menuentry "(.*?)"/g)].map(([, title]) => title);
  expect(titles.slice(0, 2)).toEqual([
    'nanite-server 20260102',
    'Install nanite-server 20260102 on a disk of this machine',
  ]);
  expect(installs).toMatch(
    /Install.*\n\tlinux @KERNEL_LIVE@ @APPEND_LIVE@ ingot\.install .*\n\tinitrd @INITRD_LIVE@/,
  );
});

it("leaves kernel and initramfs to live-build's placeholders in every entry that boots", () => {
  const entries = menu.split('menuentry').filter((entry) => entry.includes('linux '));
  expect(entries).toHaveLength(3);
  for (const entry of entries) expect(entry).toMatch(/linux @KERNEL_LIVE@ @.*\n\tinitrd @INITRD_LIVE@\n/);
});

it('uses no placeholder that live-build does not fill in', () => {
  const known = ['KERNEL_LIVE', 'INITRD_LIVE', 'APPEND_LIVE', 'APPEND_VERIFY_CHECKSUMS'];
  const used = [...menu.matchAll(/@(\w+)@/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(known.sort());
});

it('says which entry, how long, and on which screens', () => {
  expect(renderGrubSettings(7)).toBe(`# Made by Ingot; edit build/formats/boot/grub-cfg.ts.
set default=0
set timeout_style=menu
set timeout=7
if serial --unit=0 --speed=115200; then
	terminal_input --append serial
	terminal_output --append serial
fi
source /boot/grub/theme.cfg
`);
});
