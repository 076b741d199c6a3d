#!/bin/sh
# Lets the cloud-init of an image's root judge a file. Runs in namespaces of its own, without a network; the root is
# read-only, and what cloud-init writes goes to memory.
# Arguments: root, folder of the file, the file's name in it, what it is for cloud-init.
set -eu
root=$1 folder=$2 name=$3 type=$4
mount --bind --options ro "$root" "$root"
for place in tmp run dev; do mount -t tmpfs "$place" "$root/$place"; done
for node in null zero random urandom; do
  : > "$root/dev/$node"
  mount --bind "/dev/$node" "$root/dev/$node"
done
mount -t proc proc "$root/proc"
mkdir "$root/tmp/given"
mount --bind --options ro "$folder" "$root/tmp/given"
exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
  cloud-init schema --schema-type "$type" --config-file "/tmp/given/$name"
