#!/bin/sh
# Gives the root $1 its apt sources: the example that apt itself ships, for the base $2, security updates
# included. So the mirror is the distribution's own, not the one that the image was built from.
set -eu
root=$1 base=$2
example=$root/usr/share/doc/apt/examples/debian.sources
sources=$root/etc/apt/sources.list.d/debian.sources
case $base in
# The suite that is never released has neither updates nor security's own archive.
sid | unstable) program='/^#/ {next} /^$/ {exit} {sub(/^Suites:.*/, "Suites: " base); print}' ;;
*) program='/^#/ {next} /^Suites:/ {gsub(/ [a-z]+/, " " base)} {print}' ;;
esac
awk -v base="$base" "$program" "$example" > "$sources"
grep -q "^Suites: $base" "$sources"
