#!/bin/sh
# Resolves configurations of a kernel with what prepare.sh made: resolve.sh FOLDER NAME…
# For each NAME in the working folder, NAME.asked is read; NAME.config (what a build would have), NAME.log (what conf said)
# and NAME.symbols (every symbol, as kdump prints it) are written.
set -eu
folder=$1
shift
work=$PWD
resolve() {
  mkdir "$work/$1"
  cd "$work/$1"
  cp "../$1.asked" .config
  xargs --null --arg-file="$folder/environment" sh -c \
    'exec env -i "$@" KCONFIG_CONFIG=.config KCONFIG_WARN_UNKNOWN_SYMBOLS=1 "$0" --olddefconfig Kconfig' \
    "$folder/objects/scripts/kconfig/conf" > "../$1.log" 2>&1 || { cat "../$1.log" >&2; exit 1; }
  mv .config "../$1.config"
}
dump() {
  mkdir "$work/$1.d"
  cd "$work/$1.d"
  cp "../$1.asked" .config
  xargs --null --arg-file="$folder/environment" sh -c \
    'exec env -i "$@" KCONFIG_CONFIG=.config "$0" Kconfig symbols' "$folder/kdump" > log 2>&1 || { cat log >&2; exit 1; }
  mv symbols "../$1.symbols"
}
for name in "$@"; do
  resolve "$name" & first=$!
  dump "$name"
  wait "$first"
  rm -r "${work:?}/$name" "${work:?}/$name.d"
done
