#!/bin/sh
# Puts systemd-boot and a kernel of /inputs/root on the EFI system partition's tree esp/:
#   place-kernel.sh KERNEL INITRAMFS RELEASE TO
set -eu
kernel=/inputs/root/$1 initramfs=/inputs/root/$2 release=$3 to=$4
folder=/inputs/root/usr/lib/systemd/boot/efi

# Where the firmware looks for it on a disk that it has never seen, and where bootctl keeps it.
boot=$folder/systemd-bootx64.efi
[ ! -e "$boot.signed" ] || boot=$boot.signed
mkdir -p esp/EFI/BOOT esp/EFI/systemd
cp "$boot" esp/EFI/BOOT/BOOTX64.EFI
cp "$boot" esp/EFI/systemd/systemd-bootx64.efi

case $to in
*.efi)
  mkdir -p "${to%/*}"
  ukify build --linux="$kernel" --initrd="$initramfs" --uname="$release" --cmdline="$(cat command-line)" \
    --os-release=@/inputs/root/usr/lib/os-release --stub="$folder/linuxx64.efi.stub" --output="$to"
  ;;
*)
  mkdir -p "$to"
  cp "$kernel" "$to/linux"
  cp "$initramfs" "$to/${initramfs##*/}"
  ;;
esac
