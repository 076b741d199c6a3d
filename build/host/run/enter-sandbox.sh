#!/bin/sh
# Runs in namespaces of its own: builds the sandbox's view of the file system and becomes the command. A stage enters a
# dozen of them, so few programs are started: each table is mounted by one.
# Arguments: table of its folders, table of what the kernel shows, tools tree, work folder, number of binds, a pair of
# outside and inside path for each, the command.
set -eu
umask 022
folders=$1 kernel=$2 tools=$3 work=$4 binds=$5
shift 5
mount --bind --options ro "$tools" "$tools"
mount --all --fstab "$folders" --target-prefix "$tools"
for node in null zero full random urandom tty; do : > "$tools/dev/$node"; done
mkdir "$tools/dev/shm" "$tools/dev/pts"
ln -s /proc/self/fd "$tools/dev/fd"
ln -s fd/0 "$tools/dev/stdin"
ln -s fd/1 "$tools/dev/stdout"
ln -s fd/2 "$tools/dev/stderr"
mount --all --fstab "$kernel" --target-prefix "$tools"
mount --bind "$work" "$tools/scratch"
while [ "$binds" -gt 0 ]; do
  if [ -d "$1" ]; then mkdir -p "$tools$2"; elif [ ! -e "$tools$2" ]; then : > "$tools$2"; fi
  mount --bind --options ro "$1" "$tools$2"
  shift 2
  binds=$((binds - 1))
done
hostname ingot
exec chroot "$tools" /usr/bin/env --chdir=/scratch "$@"
