import { join } from 'node:path';
import { placeGrub } from '../formats/boot/grub-bios.ts';
import { kernelFolder, type LoaderEntry } from '../formats/boot/loader-entry.ts';
import { readBytes } from '../host/fs/files.ts';
import { patchFile } from '../host/fs/random-access.ts';
import type { StageContext } from './context.ts';

const mebibyte = 2 ** 20;
/** GRUB's partition is the first, behind the MiB that the partition table has. */
const grubPlace = { startSector: mebibyte / 512, partitionBytes: mebibyte };

/**
 * Shell functions for a sandbox that sees the root, `place_kernel` and `make_grub`, and their words: two of the first, one of
 * the second.
 */
export function bootFiles(
  entry: LoaderEntry,
  { uki, tries, grubRoot }: StageContext['options'],
): { functions: string; words: [kernel: string, to: string, grubRoot: string] } {
  const { token, kernel } = entry;
  const [script, to] = uki
    ? [unifiedKernel, `esp/EFI/Linux/${token}-${kernel}+${tries}.efi`]
    : [plainKernel, `esp/${kernelFolder(entry)}`];
  const functions = `place_kernel() {${loader}${script}}\nmake_grub() {${grubRoot ? makeGrub : ' :; '}}\n`;
  return { functions, words: [kernel, to, String(grubRoot)] };
}

/** Writes into a disk, whose BIOS partition has what `make_grub` made, where GRUB's parts find each other. */
export async function completeGrub(disk: string, scratch: string): Promise<void> {
  const [boot, core] = await Promise.all(
    ['boot.img', 'grub.img'].map((name) => readBytes(join(scratch, name))),
  );
  const { code, partition } = placeGrub({ boot: boot!, core: core! }, grubPlace);
  patchFile(disk, () => [
    { offset: 0, bytes: code },
    { offset: grubPlace.startSector * 512, bytes: partition },
  ]);
}

/** systemd-boot where the firmware looks for it on a disk that it has never seen, and where bootctl keeps it. */
const loader = `
boot=/inputs/root/usr/lib/systemd/boot/efi/systemd-bootx64.efi
[ ! -e "$boot.signed" ] || boot="$boot.signed"
mkdir -p esp/EFI/BOOT esp/EFI/systemd
cp "$boot" esp/EFI/BOOT/BOOTX64.EFI
cp "$boot" esp/EFI/systemd/systemd-bootx64.efi
`;

/** `$1` is the kernel's version, `$2` its folder. */
const plainKernel = `
mkdir -p "$2"
cp "/inputs/root/boot/vmlinuz-$1" "$2/linux"
cp "/inputs/root/boot/initrd.img-$1" "$2/initrd.img-$1"
`;

/** `$2` is the file that holds everything. */
const unifiedKernel = `
mkdir -p "\${2%/*}"
ukify build --linux="/inputs/root/boot/vmlinuz-$1" --initrd="/inputs/root/boot/initrd.img-$1" --uname="$1" \\
  --cmdline="$(cat command-line)" --os-release=@/inputs/root/usr/lib/os-release \\
  --stub=/inputs/root/usr/lib/systemd/boot/efi/linuxx64.efi.stub --output="$2"
`;

/**
 * `$1` is the number of the root's partition; GRUB finds its menu and the kernels there. Its own partition takes core.img,
 * which must have its size.
 */
const makeGrub = `
grub-mkimage --format=i386-pc --output=grub.img --prefix="(,gpt$1)/boot/grub" \\
  biosdisk part_gpt xfs ext2 normal linux serial terminal keystatus sleep test echo ls cat halt reboot minicmd
cp /usr/lib/grub/i386-pc/boot.img boot.img
cp grub.img core.img
truncate --size='>1M' core.img
`;
