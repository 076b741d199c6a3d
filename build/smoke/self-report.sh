#!/bin/sh
# Runs on a machine that no test can log in to: waits until the system is settled, writes to the channel
# `ingot.report` what has become of it, and switches the machine off.
# usage: self-report.sh SECONDS [URL]   how long to watch it, and where its model answers
set -u
exec > /dev/virtio-ports/ingot.report 2>&1
state=$(timeout 600 systemctl is-system-running --wait)
if [ $# -gt 1 ]; then
  for _ in $(seq 120); do
    curl --silent --fail --output /dev/null "$2/health" && break
    sleep 2
  done
fi
# A unit that is started again every ten seconds must be seen at it.
sleep "$1"
echo "== state"
echo "$state"
echo "== failed"
systemctl list-units --failed --no-legend --plain
echo "== restarts"
systemctl show '*.service' --property=Id --property=NRestarts
echo "== addresses"
ip -4 -oneline address show scope global
echo "== clock"
date --utc +%Y-%m-%dT%H:%M:%S
echo "== answer"
if [ $# -gt 1 ]; then
  curl --silent --show-error --fail --max-time 240 --header 'Content-Type: application/json' \
    --data '{"model":"default","messages":[{"role":"user","content":"Say something."}],"max_tokens":8}' "$2/v1/chat/completions"
  echo
fi
echo "== journal"
journalctl --boot --no-pager --output=json --output-fields=MESSAGE,SYSLOG_IDENTIFIER
echo "== end"
systemctl poweroff
