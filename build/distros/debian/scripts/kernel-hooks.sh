#!/bin/sh
# What every maintainer script of a kernel's package does: the hooks of the machine are run, which make the initramfs and the
# boot menu. kernel-package.sh puts the kernel's release and the script's name in.
set -e
release=@RELEASE@
script=@SCRIPT@
image=/boot/vmlinuz-$release
modules=/usr/lib/modules/$release
# Who installs many packages makes the initramfs at the end, and says No.
INITRD=${INITRD:-Yes}
DEB_MAINT_PARAMS=$*
export INITRD DEB_MAINT_PARAMS

case "$script $1" in
  'postinst configure')
    depmod "$release"
    if [ -n "$2" ]; then change=upgrade; else change=install; fi
    linux-update-symlinks "$change" "$release" "$image"
    ;;
  postinst*) exit 0 ;;
  'prerm remove') linux-check-removal "$release" ;;
  prerm*) exit 0 ;;
  'postrm remove')
    # The index that depmod made; modules.builtin and modules.order are the package's own.
    for index in alias alias.bin builtin.bin builtin.alias.bin dep dep.bin devname softdep symbols symbols.bin weakdep; do
      rm -f "$modules/modules.$index"
    done
    if [ -d "$modules" ]; then rmdir --ignore-fail-on-non-empty "$modules"; fi
    if command -v linux-update-symlinks > /dev/null; then linux-update-symlinks remove "$release" "$image"; fi
    ;;
esac
# Where the distribution has a program that runs hooks, its order is that of its own kernels.
if command -v linux-run-hooks > /dev/null; then exec linux-run-hooks image "$script" "$release" "$image" -- "$@"; fi
for hooks in "/etc/kernel/$script.d" "/usr/share/kernel/$script.d"; do
  if [ -d "$hooks" ]; then
    run-parts --report --exit-on-error --arg="$release" --arg="$image" "$hooks"
  fi
done
