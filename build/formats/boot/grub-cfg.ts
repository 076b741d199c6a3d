import type { BootVariant } from '../../model/disk.ts';

/**
 * GRUB configuration of a live medium. `@NAME@` are live-build's own placeholders, filled in when it knows
 * the kernel's file name.
 */
export function renderGrubMenu(title: string, { installs = false }: { installs?: boolean } = {}): string {
  return `# Made by Ingot; edit build/formats/boot/grub-cfg.ts.
source /boot/grub/config.cfg

menuentry "${title}" --hotkey=l {
	linux @KERNEL_LIVE@ @APPEND_LIVE@
	initrd @INITRD_LIVE@
}

${installs ? installEntry(title) : ''}menuentry "${title}, all of it in memory (the medium can be removed)" --hotkey=m {
	linux @KERNEL_LIVE@ @APPEND_LIVE@ toram
	initrd @INITRD_LIVE@
}

menuentry "Verify the boot medium" --hotkey=v {
	linux @KERNEL_LIVE@ @APPEND_VERIFY_CHECKSUMS@
	initrd @INITRD_LIVE@
}

if [ "\${grub_platform}" = "efi" ]; then
	menuentry "UEFI firmware settings" --hotkey=f {
		fwsetup
	}
fi
`;
}

/** The word starts the dialogue on the screen and on the serial line; a desktop would be in front of it. */
function installEntry(title: string): string {
  return `menuentry "Install ${title} on a disk of this machine" --hotkey=i {
	linux @KERNEL_LIVE@ @APPEND_LIVE@ ingot.install systemd.unit=multi-user.target
	initrd @INITRD_LIVE@
}

`;
}

/** Menu time-out in seconds; the menu is on the screen and, where there is one, on the first serial port. */
export function renderGrubSettings(timeoutSeconds: number): string {
  return `# Made by Ingot; edit build/formats/boot/grub-cfg.ts.
set default=0
set timeout_style=menu
set timeout=${timeoutSeconds}
if serial --unit=0 --speed=115200; then
	terminal_input --append serial
	terminal_output --append serial
fi
source /boot/grub/theme.cfg
`;
}

/** Colours only: a text menu draws at once on every screen and over a serial line. */
export const grubTheme = `set color_normal=light-gray/black
set color_highlight=white/dark-gray
set menu_color_normal=light-gray/black
set menu_color_highlight=black/light-gray
`;

/** live-build wants a splash image; the text menu does not show it, so it is one dark rectangle. */
export const splash = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">
  <rect width="800" height="600" fill="#101418"/>
</svg>
`;

/**
 * GRUB's menu on a disk that a BIOS starts from: the kernel that Debian's own links name, so that an upgrade
 * needs nothing of GRUB, and the one before, which starts when the first cannot be read. Its command blscfg
 * would read the entries of systemd-boot, and garbles one now and then (2.14).
 */
export function renderDiskGrub(entry: {
  title: string;
  commandLine: string;
  timeoutSeconds: number;
  variants?: BootVariant[];
}): string {
  const { title, commandLine, timeoutSeconds, variants = [] } = entry;
  const variant = ({ title: what, words }: BootVariant) => `menuentry '${title} (${what})' {
  linux /vmlinuz ${commandLine} ${words.join(' ')}
  initrd /initrd.img
}
`;
  const hidden = `set timeout_style=hidden
if keystatus --shift; then set timeout=-1; set timeout_style=menu; fi
`;
  return `serial --unit=0 --speed=115200
terminal_input console serial
terminal_output console serial
set timeout=${timeoutSeconds}
${timeoutSeconds ? '' : hidden}set fallback=1
menuentry '${title}' {
  linux /vmlinuz ${commandLine}
  initrd /initrd.img
}
if [ -e /vmlinuz.old ]; then
menuentry '${title}, the kernel before' {
  linux /vmlinuz.old ${commandLine}
  initrd /initrd.img.old
}
fi
${variants.map(variant).join('')}`;
}
