#!/bin/bash
# Takes folders out of the XFS in a file: the image, then each folder ("" for all), to /scratch/root.
# rdump copies owners after modes, which takes set-uid and set-gid away: those are asked
# for again by inode.
set -euo pipefail
image=$1; shift
for folder; do
  mkdir -p "/scratch/root/$folder"
  xfs_db -r -c "rdump /$folder /scratch/root/$folder" "$image"
done
xfs_db -r -c 'blockget -n' -c 'ncheck -s' "$image" | while read -r inode path; do
  mode=$(xfs_db -r -c "inode $inode" -c 'print core.mode' "$image" | sed 's/.*= 0[0-7]*\([0-7]\{4\}\)$/\1/')
  [ ! -f "/scratch/root/$path" ] || [ -L "/scratch/root/$path" ] || chmod "$mode" "/scratch/root/$path"
done
