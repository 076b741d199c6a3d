#!/bin/sh
# Completes the root $1 of the base $2, whose packages are configured.
set -eu
root=$1 base=$2
programs=$(dirname "$0")

# The checksums take as long as the initramfs, and they need nothing of each other.
sh "$programs/verify.sh" "$root" > altered & verify=$!
chroot "$root" update-initramfs -c -k all
# dracut lets nobody read its own; there is no secret in this one.
chmod 0644 "$root"/boot/initrd.img-*
wait "$verify"

# The links of an image whose initramfs came late: /vmlinuz and /initrd.img.
for kernel in "$root"/boot/vmlinuz-*; do
  chroot "$root" env --unset=INITRD linux-update-symlinks install "${kernel##*/vmlinuz-}" "/boot/${kernel##*/}"
done
sh "$programs/list-installed.sh" "$root" > installed
sh "$programs/sources.sh" "$root" "$base"
