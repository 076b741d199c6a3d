#!/bin/sh
# Prints the packages of the root $1, one a line, with tabs between the fields that parseInstalled
# (build/formats) names. The state of a package that is installed whole is `installed`.
set -eu
# shellcheck disable=SC2016 # These are fields of dpkg-query.
dpkg-query --root="$1" --show --showformat='${Package}\t${Version}\t${Architecture}\t${db:Status-Status}\t${Maintainer}\t${source:Package} (${source:Version})\t${Homepage}\n'
