#!/bin/sh
# Runs in namespaces of its own: builds the sandbox's view of the file system and becomes the command.
# Arguments: tools tree, work folder, number of binds, a pair of outside and inside path for each, the command.
set -eu
umask 022
tools=$1 work=$2 binds=$3
shift 3
mount --bind "$tools" "$tools"
mount -o remount,bind,ro "$tools"
mount -t tmpfs -o mode=1777 tmp "$tools/tmp"
mount -t tmpfs -o mode=0755 run "$tools/run"
mount -t tmpfs -o mode=0755,size=1m dev "$tools/dev"
# /dev holds only what package scripts need, so that nothing can reach the disks of the host.
for node in null zero full random urandom tty; do
  : > "$tools/dev/$node"
  mount --bind "/dev/$node" "$tools/dev/$node"
done
mkdir "$tools/dev/shm" "$tools/dev/pts"
ln -s /proc/self/fd "$tools/dev/fd"
ln -s fd/0 "$tools/dev/stdin"
ln -s fd/1 "$tools/dev/stdout"
ln -s fd/2 "$tools/dev/stderr"
mount -t proc proc "$tools/proc"
mount --rbind /sys "$tools/sys"
mount --bind "$work" "$tools/scratch"
mount -t tmpfs -o mode=0755 inputs "$tools/inputs"
while [ "$binds" -gt 0 ]; do
  if [ -d "$1" ]; then mkdir -p "$tools$2"; elif [ ! -e "$tools$2" ]; then : > "$tools$2"; fi
  mount --bind "$1" "$tools$2"
  mount -o remount,bind,ro "$tools$2"
  shift 2
  binds=$((binds - 1))
done
hostname ingot
exec chroot "$tools" /usr/bin/env --chdir=/scratch "$@"
