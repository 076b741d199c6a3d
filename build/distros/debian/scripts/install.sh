#!/bin/sh
# Makes a root of exactly the packages that a file lists, one `name version` a line, from a local repository:
#   install.sh BASE PACKAGES REPOSITORY ROOT [option of mmdebstrap]...
# The repository is the path of a URL. It needs no signature: each of its files was checked against the lock.
set -eu
base=$1 packages=$2 root=$4
# apt decodes it twice, when it reads the list of sources and when it copies a file.
repository=$(printf %s "$3" | sed 's/%/%25/g')
shift 4
# The package manager's own state is no part of an image's identity, so nothing waits for the disk.
exec mmdebstrap --mode=root --format=directory --variant=essential --architectures=amd64 \
  --dpkgopt=force-unsafe-io --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
  --include="$(sed 's/ /=/' "$packages" | paste -s -d ,)" "$@" \
  "$base" "$root" "deb [trusted=yes] copy:$repository $base main"
