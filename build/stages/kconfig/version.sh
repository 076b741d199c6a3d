#!/bin/sh
# Prints the version of the kernel in an archive, as 7.2, and fails where it holds no kernel's source: version.sh ARCHIVE
set -eu
makefile=$(tar --extract --xz --file "$1" --to-stdout --occurrence=1 --wildcards --no-wildcards-match-slash '*/Makefile')
number() {
  printf '%s\n' "$makefile" | sed -n "s/^$1 *= *\([0-9][0-9]*\)$/\1/p" | head -n 1
}
major=$(number VERSION)
minor=$(number PATCHLEVEL)
[ -n "$major" ] && [ -n "$minor" ]
printf '%s.%s\n' "$major" "$minor"
