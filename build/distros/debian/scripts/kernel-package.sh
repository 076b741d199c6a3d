#!/bin/sh
# Packs a compiled kernel: kernel-package.sh FOLDER RELEASE NAME VERSION SOURCE OUT
# FOLDER has image, config, tree/ and source/; SOURCE is the source package as `name (version)`. OUT gets one package, the
# same of the same files, and prints the KiB that it takes when it is installed.
set -eu
folder=$1 release=$2 name=$3 version=$4 source=$5 out=$6
programs=$(cd "$(dirname "$0")" && pwd)
tree=$folder/tree
umask 022
mkdir -p "$tree/boot" "$tree/usr/share/doc/$name" "$tree/DEBIAN"
install -m 0644 "$folder/image" "$tree/boot/vmlinuz-$release"
install -m 0644 "$folder/config" "$tree/boot/config-$release"
sed "s/@SOURCE@/$source/" "$programs/kernel-copyright" > "$tree/usr/share/doc/$name/copyright"
for script in preinst postinst prerm postrm; do
  sed "s/@RELEASE@/$release/; s/@SCRIPT@/$script/" "$programs/kernel-hooks.sh" > "$tree/DEBIAN/$script"
  chmod 0755 "$tree/DEBIAN/$script"
done
# Whatever the umask of those who made them.
find "$tree" -type d -exec chmod 0755 {} +
(cd "$tree" && find boot usr -type f -print0 | LC_ALL=C sort --zero-terminated | xargs --null md5sum) \
  > "$folder/md5sums"
mv "$folder/md5sums" "$tree/DEBIAN/md5sums"
# Of files alone: what a folder takes depends on the builder's file system.
kibibytes=$(find "$tree/boot" "$tree/usr" -type f -printf '%s\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')
{
  printf '%s: %s\n' Package "$name" Source "$source" Version "$version" Architecture amd64 \
    Maintainer 'Ingot <ingot@ingot.invalid>' Installed-Size "$kibibytes" \
    Depends 'kmod, linux-base, dracut | linux-initramfs-tool' Section kernel Priority optional \
    Description "Linux $release, built by Ingot"
  printf ' %s\n' "This kernel was built from the source package $source with a configuration of its own," \
    "which /boot/config-$release has. Its modules are not signed."
} > "$tree/DEBIAN/control"
# Later times than the source's date become that date; one thread alone, as their number changes the bytes.
dpkg-deb --root-owner-group -Zzstd -z9 --threads-max=1 --build "$tree" "$out/${name}_${version}_amd64.deb" >&2
printf '%s\n' "$kibibytes"
