#!/bin/sh
# Another host name, name server and /bin/sh, another time zone, and variables that tools are known to listen to.
set -eu
hostname ingot-verify.example
if [ -e /etc/resolv.conf ]; then
  echo 'nameserver 192.0.2.1' > "$OUT/resolv.conf"
  mount --bind "$OUT/resolv.conf" "$(readlink -f /etc/resolv.conf)"
  rm "$OUT/resolv.conf"
fi
mount --bind "$(readlink -f "$(command -v bash)")" "$(readlink -f /bin/sh)"
export TZ=GMT-14 SOURCE_DATE_EPOCH=1 TAR_OPTIONS=--mtime=@1 GZIP=-1 XZ_OPT=-0 ZSTD_CLEVEL=1 POSIXLY_CORRECT=1
export PERL_HASH_SEED=7 PERL_PERTURB_KEYS=1 PYTHONHASHSEED=7 DEB_BUILD_OPTIONS=nocheck DEBEMAIL=nobody@example
export TMPDIR=/var/tmp CDPATH=/ EDITOR=false MAIL=nobody@example
exec sh "$(dirname "$0")/baseline.sh" "$@"
