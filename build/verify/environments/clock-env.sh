#!/bin/sh
# Stands for /usr/bin/env in the tools tree, which every command is entered by: sets the preloaded clock.
export FAKETIME=+400d NO_FAKE_STAT=1 DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1
exec /usr/bin/env.real "$@"
