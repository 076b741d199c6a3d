#!/bin/sh
# One CPU, at the lowest priority.
set -eu
first=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*\([0-9]*\).*/\1/p' /proc/self/status)
exec nice -n 19 taskset --cpu-list "$first" sh "$(dirname "$0")/baseline.sh" "$@"
