#!/bin/sh
# Stands in for mkfs.xfs and mkfs.ext4, as systemd-repart calls them for the root: of its two arguments in
# $TMPDIR, the folder becomes the root in order, and the file becomes root.img with the same size. Another file
# system stays in the disk and is empty: the folder, whose times are those of this build, is left out.
set -eu
label=$(sed -n 's/^Label=//p' "$(grep -l '^Type=root-' /scratch/repart.d/*.conf)")
case " $* " in
*" -L $label "*) root=yes ;;
*) root= ;;
esac
for argument; do
  shift
  case $argument in
  "$TMPDIR"/*)
    if [ ! -d "$argument" ]; then
      size=$(stat --format=%s "$argument")
      if [ -n "$root" ]; then
        argument=/scratch/root.img
        truncate --size="$size" "$argument"
      fi
    elif [ -n "$root" ]; then
      argument=/scratch/ordered/root
    else
      continue
    fi
    ;;
  -p | -d) [ -n "$root" ] || continue ;;
  esac
  set -- "$@" "$argument"
done
# XFS ends with a whole allocation group. When the power fails soon after it has grown, Linux may find the new
# size in the superblock, and it refuses to bring a shorter group, which is then not the last, back from the
# log. mkfs makes four groups of an image's size (128 MiB to 4 TiB), in blocks of 4 KiB.
case $0 in
*.xfs) set -- -d size=$((size / 16384 * 16384)) "$@" ;;
esac
exec "/usr/sbin/${0##*/}" "$@"
