#!/bin/sh
# Nothing is varied.
set -eu
mkdir -p "$PLACE"
mount --bind "$TOOLS" "$PLACE"
exec "$@"
