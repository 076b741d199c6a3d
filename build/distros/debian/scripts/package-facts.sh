#!/bin/sh
# Writes what dpkg knows of the files of the root $1, which was made of the tree of packages $2/root by hard links:
# `altered`, the packaged files that differ from their checksums, and `owned`, the paths that packages own.
set -eu
programs=$(cd "$(dirname "$0")" && pwd)
python3 "$programs/altered-files.py" "$1" "$2/root" "$2/altered" > altered
sh "$programs/owned-paths.sh" "$1" > owned
