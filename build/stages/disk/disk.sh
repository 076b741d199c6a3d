#!/bin/sh
# Makes a disk, its size in MiB, seed and boot files being the arguments; the tree's tar comes by standard
# input:
#   disk.sh SIZE SEED KERNEL INITRAMFS RELEASE TO [GRUB_ROOT]
# TO is the folder of kernel and initramfs, or a file *.efi that holds both. What boots is placed while the
# root is put in order.
set -eu
programs=$(dirname "$0")
size=$1 seed=$2
shift 2
tar --extract
sh "$programs/place-kernel.sh" "$1" "$2" "$3" "$4" & kernel=$!
grub=
[ -z "${5-}" ] || { sh "$programs/make-grub.sh" "$5" & grub=$!; }
sh "$programs/root-in-order.sh"
wait "$kernel"
[ -z "$grub" ] || wait "$grub"

# repart gives mkfs an empty folder and an empty file as large as the root's partition: mkfs.sh, which it
# finds in place of the true one, takes our folder and another file of that size, which is then not copied
# into the disk.
mkdir temporary bin
for name in mkfs.xfs mkfs.ext4; do cp "$programs/mkfs.sh" "bin/$name"; done
chmod +x bin/*
# mkfs.xfs takes ids from DETERMINISTIC_SEED; mcopy, mkfs and repart take times from SOURCE_DATE_EPOCH. Some
# firmware reads no FAT whose sectors are not the disk's, which is what repart makes unasked.
export PATH="/scratch/bin:$PATH" TMPDIR=/scratch/temporary DETERMINISTIC_SEED=1
systemd-repart --empty=create --size="$size" --sector-size=512 --seed="$seed" --offline=yes \
  --definitions=repart.d --dry-run=no disk.raw
