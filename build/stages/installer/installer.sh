#!/bin/sh
# Makes installer.squashfs of the folder beside/, and of what the root /inputs/disk has and /inputs/root has not. The
# tree's tar comes by standard input.
set -eu
mkdir -p beside
tar --extract --directory=beside
python3 "$(dirname "$0")/difference.py" /inputs/root /inputs/disk beside > difference.tar
sqfstar -comp zstd -Xcompression-level 9 -no-progress installer.squashfs < difference.tar
