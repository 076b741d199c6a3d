#!/bin/bash
# Takes folders out of the ext4 in a file: the image, then each folder ("" for all), to /scratch/root.
# rdump copies owners after modes, which takes set-uid and set-gid away: those are asked
# for again.
set -euo pipefail
image=$1; shift
for folder; do
  above=/scratch/root$(dirname "/$folder")
  mkdir -p "$above"
  debugfs -R "rdump /$folder $above" "$image"
done
cd /scratch/root
find . -mindepth 1 ! -type l -printf 'stat "/%P"\n' > /scratch/commands
debugfs -f /scratch/commands "$image" 2>&1 | python3 /inputs/restore-modes.py
