#!/bin/sh
# The clock is 400 days ahead: for Ingot by the host's faketime, for its tools by the tools tree's own, laid over it
# and preloaded into every program, and for the image's package scripts the same way, while its root is configured.
# The kernel's stamps of files stay true.
set -eu
library=/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1
over=$(dirname "$STORE")/over
mkdir -p "$over/upper/etc" "$over/upper/usr/bin" "$over/work" "$PLACE"
echo "$library" > "$over/upper/etc/ld.so.preload"
for program in env mmdebstrap; do
  cp -a "$TOOLS/usr/bin/$program" "$over/upper/usr/bin/$program.real"
  cp "$(dirname "$0")/clock-$program.sh" "$over/upper/usr/bin/$program"
  chmod 0755 "$over/upper/usr/bin/$program"
done
mount -t overlay -o "lowerdir=$TOOLS,upperdir=$over/upper,workdir=$over/work" verify "$PLACE"
# faketime shares the clock by names in /dev/shm that hold a process id, and forgets them there when it is killed.
mount -t tmpfs verify /dev/shm
export NO_FAKE_STAT=1 DONT_FAKE_MONOTONIC=1
exec faketime -f +400d "$@"
