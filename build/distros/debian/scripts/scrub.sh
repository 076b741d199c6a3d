#!/bin/sh
# Removes from the root $1 what is born on the build machine or only serves the build.
set -eu
root=$1
# Host keys, ids and seeds belong to the machine that boots.
rm -f "$root"/etc/ssh/ssh_host_*_key "$root"/etc/ssh/ssh_host_*_key.pub
rm -f "$root"/var/lib/dbus/machine-id "$root"/var/lib/systemd/random-seed "$root"/var/lib/systemd/credential.secret
rm -f "$root"/etc/machine-id
echo uninitialized > "$root"/etc/machine-id
chmod 0444 "$root"/etc/machine-id
# Logs, caches and backups tell of the build, not of the system.
find "$root"/var/log -type f -delete
rm -rf "$root"/var/cache/ldconfig/aux-cache "$root"/var/cache/man/*
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb
rm -f "$root"/etc/passwd- "$root"/etc/group- "$root"/etc/shadow- "$root"/etc/gshadow- "$root"/etc/.pwd.lock
rm -f "$root"/var/lib/dpkg/*-old "$root"/var/cache/debconf/*-old "$root"/etc/apt/sources.list
rm -f "$root"/etc/resolv.conf "$root"/etc/hostname
find "$root" -xdev -name __pycache__ -type d -prune -exec rm -rf {} +
# Not /tmp: mmdebstrap has its settings there to the very end, and empties it then. Without them its last
# command would empty the host's package lists.
rm -rf "$root"/var/tmp/*
