#!/bin/sh
# Lets the user choose one of the earlier contents of the clipboard.
set -eu
chosen=$(cliphist list | fuzzel --dmenu --prompt 'Clipboard  ') || exit 0
printf '%s' "$chosen" | cliphist decode | wl-copy
