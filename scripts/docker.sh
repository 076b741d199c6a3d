#!/bin/sh
# Makes sure that a Docker engine answers and prints its address: the host's, or else one of Ingot's own, which leaves
# the host's network and firewall alone. Its containers have to use the host's network.
#   docker.sh         starts it, unless an engine answers already
#   docker.sh stop    stops and removes what `docker.sh` started, unless a container still runs in it
set -eu
run=/run/ingot-docker
address=unix://$run/docker.sock
data=${INGOT_STORE:-${HOME:-/root}/.cache/ingot}/docker

fail() {
  echo "error HOST_TOOL_MISSING: $1" >&2
  exit 5
}
answers() { timeout 10 docker --host "$1" version > /dev/null 2>&1; }

if [ "${1-}" = stop ]; then
  engine=$(cat "$run/dockerd.pid" 2> /dev/null) || exit 0
  # The number may be another process's by now.
  grep --quiet --text -e "--pidfile=$run/" "/proc/$engine/cmdline" 2> /dev/null || exit 0
  if [ -n "$(docker --host "$address" ps --quiet)" ]; then
    echo "the engine at $address still runs containers: not stopped" >&2
    exit 0
  fi
  kill "$engine"
  # It removes the file at its end. The process itself may stay on as a zombie, where nobody buries orphans.
  for _ in $(seq 60); do
    [ -e "$run/dockerd.pid" ] || break
    sleep 1
  done
  [ ! -e "$run/dockerd.pid" ] || fail "dockerd, process $engine, does not end; its log is $data/dockerd.log"
  umount "$run"/exec/netns/* 2> /dev/null || :
  rm -rf --one-file-system "$run" "$data"
  exit 0
fi

command -v docker > /dev/null || fail 'there is no Docker client; run: npm run setup'
host=$(docker context inspect --format '{{.Endpoints.docker.Host}}')
for known in "$host" "$address"; do
  if answers "$known"; then
    echo "$known"
    exit 0
  fi
done
[ -z "${DOCKER_HOST-}" ] || fail "no Docker engine answers at $DOCKER_HOST; start it, or unset DOCKER_HOST"
[ "$(id -u)" -eq 0 ] || fail 'no Docker engine answers, and starting one needs root; start Docker, or use sudo'
command -v dockerd > /dev/null || fail 'there is no Docker engine; run: npm run setup'

mkdir -p "$run" "$data"
# So that no setting of the host's own engine is read.
echo '{}' > "$run/daemon.json"
setsid dockerd --host="$address" --config-file="$run/daemon.json" --pidfile="$run/dockerd.pid" \
  --data-root="$data/data" --exec-root="$run/exec" \
  --bridge=none --iptables=false --ip6tables=false --ip-forward=false < /dev/null > "$data/dockerd.log" 2>&1 &
engine=$!
for _ in $(seq 60); do
  if answers "$address"; then
    echo "$address"
    exit 0
  fi
  kill -0 "$engine" 2> /dev/null || break
  sleep 1
done
tail -n 20 "$data/dockerd.log" >&2
fail "dockerd did not come up; its log is $data/dockerd.log"
