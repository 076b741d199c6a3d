#!/bin/sh
# Prints which packaged files of the root $1 differ from their checksums; dpkg ends with 1 when there are any.
set -eu
dpkg --root="$1" --verify || [ $? -eq 1 ]
