#!/bin/sh
# Cuts a partition out of the disk at /inputs/disk and checks its file system; repairs nothing. A status other than 0 is a
# finding. Arguments: begin and size in bytes, and `esp`, `root` or `data`.
set -eu
rm -f part
dd if=/inputs/disk of=part bs=1M iflag=skip_bytes,count_bytes skip="$1" count="$2" conv=sparse status=none
truncate --size="$2" part
if [ "$3" = esp ]; then exec fsck.fat -n part; fi
case $(blkid --output value --match-tag TYPE part) in
  xfs) xfs_repair -n part ;;
  ext4) e2fsck -fn part ;;
  *) echo "the $3 has no file system that is known" >&2; exit 1 ;;
esac
