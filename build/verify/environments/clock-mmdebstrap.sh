#!/bin/sh
# Stands for mmdebstrap in the tools tree: lends the clock to the root while packages are configured. It is taken away
# before the initramfs is made, which would copy every library that its programs load.
library=/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1
lend='mkdir -p "$1/etc" "$1$(dirname '$library')"; cp '$library' "$1'$library'"; echo '$library' > "$1/etc/ld.so.preload"'
take='chroot "$1" date "+the clock of the root says %s"; rm "$1/etc/ld.so.preload"; rm -r "$1$(dirname '$library')"'
date '+the clock of the tools says %s'
exec mmdebstrap.real --setup-hook="$lend" --customize-hook="$take" "$@"
