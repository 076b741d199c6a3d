#!/bin/sh
# Makes boot.img and grub.img, and core.img, which fills GRUB's partition of 1 MiB. $1 is the number of the
# root's partition, where GRUB finds its menu and the kernels.
set -eu
grub-mkimage --format=i386-pc --output=grub.img --prefix="(,gpt$1)/boot/grub" \
  biosdisk part_gpt xfs ext2 normal linux serial terminal keystatus sleep test echo ls cat halt reboot minicmd
cp /usr/lib/grub/i386-pc/boot.img boot.img
cp grub.img core.img
truncate --size='>1M' core.img
