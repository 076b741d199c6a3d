#!/bin/sh
# Shows /inputs/root as /scratch/ordered/root, where every folder lists its names sorted. mkfs.xfs fills a
# file system in the order in which folders list their names; that of ext4 depends on a random number of each
# file system. tmpfs lists names in the order of their making or the reverse, depending on the kernel's
# version. So a tmpfs has the names, each with its metadata, and an overlay finds the contents where they are
# (Linux' overlayfs.rst, "Metadata only copy up"): a folder of the tmpfs hides the one below. Where no overlay
# can be mounted, as on two others, contents are copied. The memory is free again when the sandbox ends.
set -eu
mkdir ordered memory
have=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
mount -t tmpfs -o mode=0755,size="$have"k,nr_inodes=0 memory memory
mkdir -p memory/names/root
show() { mount -t overlay -o ro,lowerdir=memory/names:/inputs/root,metacopy=on,redirect_dir=follow overlay ordered; }
if show 2> /dev/null; then
  umount ordered
  way=layered
else
  way=copied
  show() { mount --bind memory/names ordered; }
  need=$(du --summarize --block-size=1K /inputs/root | cut --fields=1)
  [ "$have" -gt "$need" ] || {
    echo "Cannot allocate memory: $((need / 1024)) MiB for the root while its disk is made; $((have / 1024)) MiB are free"
    exit 1
  } >&2
fi
echo "$way"
python3 "$(dirname "$0")/root-in-order.py" /inputs/root memory/names/root "$way"
show
# shellcheck disable=SC2012 # The order in which a folder lists its names is what is asked for.
listing() { (cd ordered/root; LC_ALL=C ls -AR "$@" | sha256sum); }
[ "$(listing)" = "$(listing -U)" ] || {
  echo 'the tmpfs of this kernel lists names in no order of their making'
  exit 1
} >&2
