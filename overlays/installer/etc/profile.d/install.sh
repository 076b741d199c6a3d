# shellcheck shell=sh
# The boot menu's entry to install asks on the screen and on the first serial line, whichever is used first.
if grep -qw ingot.install /proc/cmdline; then
  case $(tty) in
    /dev/tty1 | /dev/ttyS0) ingot-install || true ;;
  esac
fi
