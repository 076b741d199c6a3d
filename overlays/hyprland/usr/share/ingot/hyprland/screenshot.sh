#!/bin/sh
# Saves a part of the screen that the user marks, and puts it into the clipboard.
set -eu
place=$(slurp) || exit 0
folder=$(xdg-user-dir PICTURES)
mkdir -p "$folder"
file="$folder/screen-$(date +%Y%m%d-%H%M%S).png"
grim -g "$place" "$file"
wl-copy --type image/png < "$file"
notify-send --icon "$file" 'Picture saved' "$file"
