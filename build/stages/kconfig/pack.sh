#!/bin/sh
# Packs what a check needs of a kernel source's folder: pack.sh FOLDER OUT
# The same files give the same archive, whenever they were written.
set -eu
folder=$1 out=$2
cd "$folder"
{
  find . -name .git -prune -o \( -type f -o -type l \) \( -name 'Kconfig*' -o -name Makefile -o -name Kbuild \
    -o -path '*/scripts/*' -o -path './arch/x86/configs/*' -o -path './kernel/configs/*' \
    -o -path ./Documentation/admin-guide/kernel-parameters.txt \) -print0
  grep --recursive --files-with-matches --null --extended-regexp --include='*.c' --include='*.h' '_param|__setup' . || true
} | sort --zero-terminated --unique > /scratch/files
# Programs that a build left behind would not run here.
tar --create --null --files-from=/scratch/files --no-recursion --mtime=@1 --owner=0 --group=0 --numeric-owner \
  --exclude='*.o' --exclude='*.cmd' --transform='s,^\.,linux,' | xz -0 --threads=1 > "$out"
