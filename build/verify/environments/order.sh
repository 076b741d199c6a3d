#!/bin/sh
# Checkout, tools and work are copies in memory, where a directory lists what came last first.
set -eu
mount -t tmpfs -o mode=0755,size=90% verify "$STORE"
mkdir -p "$(dirname "$PLACE")" "$STORE/copy"
cp -a "$TOOLS" "$PLACE"
cd "$CHECKOUT"
find . -mindepth 1 -path ./node_modules -prune -o -print | LC_ALL=C sort -r |
  tar --create --no-recursion --files-from=- | tar --extract --directory "$STORE/copy"
mkdir "$STORE/copy/node_modules"
mount --bind node_modules "$STORE/copy/node_modules"
mount --rbind "$STORE/copy" "$CHECKOUT"
cd "$CHECKOUT"
exec "$@"
