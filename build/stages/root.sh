#!/bin/sh
# Finishes the root $1; the words behind it are the program that scrubs a root. The tar of the overlay comes
# by standard input. Files of the root are hard links: tar, sysusers and systemctl replace files and do not
# write into them. The image's own tar unpacks it, so that an absolute symlink on the way, as /var/run, is
# followed within the root.
set -eu
root=$1
shift
"$@" "$root"
chroot "$root" tar --extract --preserve-permissions --same-owner --keep-directory-symlink
systemd-sysusers --root="$PWD/$root"
systemctl --root="$PWD/$root" preset-all
# Caches that depend on /usr were made with the packages; the first boot need not make them again.
touch "$root"/etc/.updated "$root"/var/.updated
rm -f "$root"/etc/passwd- "$root"/etc/group- "$root"/etc/shadow- "$root"/etc/gshadow- "$root"/etc/.pwd.lock
sh /inputs/clamp-times.sh "$root"
