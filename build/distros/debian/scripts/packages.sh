#!/bin/sh
# Makes the root of an image with all packages configured: packages.sh BASE PACKAGES REPOSITORY ROOT EARLY
# EARLY is a tar of the files that packages are installed by. Leaves `installed` and `altered` in the working
# folder.
set -eu
base=$1 early=$5
programs=$(cd "$(dirname "$0")" && pwd)
here=$PWD
export programs here base early
# The kernel's package makes no initramfs: configure.sh makes one when everything that goes into it is
# configured.
# shellcheck disable=SC2016 # mmdebstrap has the hooks expanded, with the root as $1.
export INITRD=No
exec sh "$programs/install.sh" "$1" "$2" "$3" "$4" \
  --setup-hook='tar --extract --no-same-owner --directory "$1" --file "$early"' \
  --customize-hook='cd "$here"; sh "$programs/configure.sh" "$1" "$base"'
