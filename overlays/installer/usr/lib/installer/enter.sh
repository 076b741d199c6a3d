#!/bin/sh
# Runs the installer in a mount namespace of its own, on the root that it installs: all programs that it needs are there.
# Everything is below /run/ingot-install, in memory:
#   medium   the medium                 live     its own root, read-only
#   parts    installer.squashfs         program  the installer
#   root     the disk's root, read-only, where the programs run
#   target   the disk's root again, with changes in memory: what will be on the disk
set -eu
place=/run/ingot-install
medium=${INSTALL_MEDIUM:-/run/live/medium}
live=${INSTALL_LIVE:-/run/live/rootfs/filesystem.squashfs}
[ -e "$medium/install/installer.squashfs" ] || {
  echo "error MEDIUM_INVALID: $medium/install/installer.squashfs is missing: this system was not started from a medium that installs" >&2
  exit 5
}
mkdir -p "$place"
mount -t tmpfs -o mode=0700,size=50% ingot-install "$place"
cd "$place"
mkdir medium live parts program root target changes work
mount --bind "$medium" medium
mount --bind -o ro "$live" live
mount --bind -o ro /usr/lib/installer program
mount -o ro,loop medium/install/installer.squashfs parts
mount -t overlay -o "ro,lowerdir=$place/parts/difference:$place/live" disk-root root
mount -t overlay -o "lowerdir=$place/parts/difference:$place/live,upperdir=$place/changes,workdir=$place/work" target target
for folder in dev proc sys run; do
  mount --rbind "/$folder" "root/$folder"
  mount --make-rslave "root/$folder"
done
exec chroot root /usr/bin/python3 -B "$place/program/install.py" "$@"
