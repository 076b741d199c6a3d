#!/bin/sh
# What scrub.sh removes, and what can only go when nothing runs in the root $1 any more, because it becomes an
# image.
set -eu
sh "$(dirname "$0")/scrub.sh" "$1"
# Mounted over or recreated at every boot.
find "$1"/dev "$1"/run "$1"/tmp "$1"/var/cache/apt -mindepth 1 -delete
# Settings for the build's speed, and for the build's choice of packages.
rm -f "$1"/etc/apt/apt.conf.d/99mmdebstrap "$1"/etc/dpkg/dpkg.cfg.d/99mmdebstrap
rm -f "$1"/var/lib/dpkg/lock "$1"/var/lib/dpkg/lock-frontend "$1"/var/lib/dpkg/triggers/Lock
# ssl-cert's key and certificate, and the link to it; make-ssl-cert makes them on the machine.
rm -f "$1"/etc/ssl/private/ssl-cert-snakeoil.key "$1"/etc/ssl/certs/ssl-cert-snakeoil.pem
find "$1"/etc/ssl/certs -lname ssl-cert-snakeoil.pem -delete
# Earlier versions that package scripts keep.
rm -f "$1"/etc/.resolv.conf.systemd-resolved.bak "$1"/var/lib/ucf/*.[0-9] "$1"/vmlinuz.old "$1"/initrd.img.old
rm -f "$1"/etc/xml/*.old "$1"/var/lib/sgml-base/*.old
# fontconfig finds fonts at the first start of a program that draws text, in seconds.
[ ! -d "$1"/var/cache/fontconfig ] || find "$1"/var/cache/fontconfig -mindepth 1 -delete
# Programs that look where a cache would be, when packages are configured, make its folder.
rm -rf "$1"/root/.cache
