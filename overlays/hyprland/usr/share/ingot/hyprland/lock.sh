#!/bin/sh
# Locks the screen of an account that has a password; any other could not be unlocked again.
set -eu
case $(passwd --status | cut --delimiter=' ' --fields=2) in
  P*) exec hyprlock ;;
  *) notify-send 'The screen is not locked' 'This account has no password: set one with sudo passwd.' ;;
esac
