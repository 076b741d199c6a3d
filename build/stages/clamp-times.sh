#!/bin/sh
# Sets every time in the root $1 that is later than the lock's to the lock's.
set -eu
find "$1" -xdev -newermt "@$SOURCE_DATE_EPOCH" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
