#!/bin/sh
# Other user and group ids (root of a user namespace), HOME and umask. The host's tools tree belongs to users who do
# not exist in here, so this environment makes its own.
set -eu
unshare --user sleep infinity &
holder=$!
until [ "$(readlink "/proc/$holder/ns/user")" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.05; done
echo '0 100000 65536' > "/proc/$holder/uid_map"
echo '0 100000 65536' > "/proc/$holder/gid_map"
export HOME="$STORE/home" USER=builder LOGNAME=builder
mkdir -p "$HOME"
chown -R 100000:100000 "$STORE" "$OUT"
umask 077
exec nsenter --user --target "$holder" --setuid 0 --setgid 0 "$@"
