#!/bin/sh
# Prints the paths of the root $1 that packages own, one a line without the leading slash: what they list, which is below
# usr since /bin, /sbin, /lib and /lib64 are links; where diverted files lie; and the links of alternatives.
set -eu
cd "$1"
{
  cat var/lib/dpkg/info/*.list
  sed -n '2~3p' var/lib/dpkg/diversions
} | sed -E 's,^/,,; s,^(bin|sbin|lib|lib64)/,usr/\1/,'
find . -xdev -type l \( -lname '/etc/alternatives/*' -o -path './etc/alternatives/*' \) -printf '%P\n'
