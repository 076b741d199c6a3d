#!/bin/sh
# Another time zone and language.
set -eu
export TZ=GMT+12 LANG=et_EE.UTF-8 LC_ALL=et_EE.UTF-8 LANGUAGE=et
exec sh "$(dirname "$0")/baseline.sh" "$@"
