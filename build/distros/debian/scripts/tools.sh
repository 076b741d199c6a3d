#!/bin/sh
# Makes the tools tree, by the host's own mmdebstrap: tools.sh BASE PACKAGES REPOSITORY ROOT
# A build of its own kind cannot run in it, so nothing has to ask for a kernel's initramfs or a boot menu.
set -eu
programs=$(cd "$(dirname "$0")" && pwd)
export programs
# shellcheck disable=SC2016 # mmdebstrap has the hooks expanded, with the root as $1.
exec sh "$programs/install.sh" "$@" --customize-hook='sh "$programs/scrub.sh" "$1"' \
  --customize-hook='mkdir -p "$1"/scratch "$1"/inputs; : > "$1"/etc/resolv.conf'
