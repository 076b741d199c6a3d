#!/bin/sh
# Runs as root in namespaces of its own: shows the verification's folder at a path that every user may enter, puts the
# checkout's modules in place and goes on as one of the environments.
# Arguments: the folder, where it is shown, the modules, the environment's script, the build's command.
# Environment: CHECKOUT, STORE and OUT of this build, TOOLS (the finished tools tree), PLACE (where STORE expects it).
set -eu
folder=$1 shown=$2 modules=$3 script=$4
shift 4
mount --bind "$folder" "$shown"
mount --bind "$modules" "$CHECKOUT/node_modules"
cd "$CHECKOUT"
exec sh "$script" "$@"
