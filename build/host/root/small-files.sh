#!/bin/sh
# Puts the files of the root at $1 whose text checks may ask for into the tar $2: only inside the sandbox can the tree be
# seen as the image will have it. $3 is an extended regular expression of further paths, which the distribution's own
# checks ask for, whatever their size: the list of packages grows with the image.
set -eu
regex="./((etc|root|home|var/spool|usr/lib/systemd/(system|user|system-preset)|usr/lib/sysusers.d)/.*"
regex="$regex|usr/lib/os-release|usr/lib/modules/[^/]*/modules[.]builtin)"
cd "$1"
find . -xdev -regextype posix-extended -type f \( -regex "./($3)" -o -size -512k -regex "$regex" ! -path './etc/ssl/certs/*' \) \
  -printf '%P\0' > "$2.names"
tar --create --null --verbatim-files-from --files-from="$2.names" --file="$2"
