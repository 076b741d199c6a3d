#!/bin/bash
# Runs on a machine that has no SSH: takes commands from the channel `ingot.shell`, one a line, as an id and the command
# in base64; runs each as root, and answers with the id, its status, its output and its errors.
set -u
port=/dev/virtio-ports/ingot.shell
until [ -e "$port" ]; do sleep 1; done
exec 3<> "$port"
cd /root || exit
said=$(mktemp -d)
# Where nobody is connected, there is an end of file at once.
while :; do
  while read -r -u 3 id command; do
    base64 --decode <<< "$command" > "$said/command"
    bash "$said/command" > "$said/out" 2> "$said/err" < /dev/null 3>&-
    echo "$id $? =$(base64 --wrap=0 "$said/out") =$(base64 --wrap=0 "$said/err")" >&3
  done
  sleep 0.2
done
