#!/bin/sh
# Unpacks the packages of a kernel's source: kernel-source.sh PACKAGES OUT
# OUT gets source.tar.xz, and in configs/ the distribution's configurations by their names.
set -eu
packages=$1 out=$2
mkdir -p "$out/configs" "$out/unpacked"
for package in "$packages"/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar --extract --directory "$out/unpacked" --no-same-owner
done
mv "$out"/unpacked/usr/src/linux-source-*.tar.xz "$out/source.tar.xz"
for name in amd64 cloud-amd64; do
  xz --decompress --stdout "$out"/unpacked/usr/src/linux-config-*/config.amd64_none_$name.xz > "$out/configs/$name"
done
rm -r "$out/unpacked"
