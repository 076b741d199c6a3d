#!/bin/sh
# Makes an ISO by live-build: the tree's tar comes by standard input, the arguments are passed to `lb config`.
# The root stands in chroot/ already, so the bootstrap stage is marked as done and `lb chroot`, which would
# install packages from a mirror, is not run; the lists that it would write are made here.
set -eu
tar --extract
lb config "$@"
mkdir -p .build
touch .build/bootstrap
dpkg-query --root "$PWD/chroot" --show > chroot.packages.live
cp chroot.packages.live chroot.packages.install
: > chroot.files
lb binary
