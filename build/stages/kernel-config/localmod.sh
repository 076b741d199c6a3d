#!/bin/sh
# Takes out of a configuration the modules that a machine does not use: localmod.sh FOLDER
# The working folder has `base` and `modules`, as lsmod prints them; `base` is replaced. FOLDER is what prepare.sh of the stage
# kconfig made.
set -eu
folder=$1
mkdir local
cd local
cp ../base .config
# Kept whatever was in use: what the machine may get is plugged in later.
LMC_KEEP=drivers/virtio:drivers/nvme:drivers/usb:drivers/hv:fs
LSMOD=$PWD/../modules
export LMC_KEEP LSMOD
xargs --null --arg-file="$folder/environment" sh -c \
  'exec env "$@" objtree="$PWD" perl "$0/source/scripts/kconfig/streamline_config.pl" --localmodconfig "$0/source" Kconfig' \
  "$folder" > ../streamlined 2> log || { cat log >&2; exit 1; }
cd ..
mv streamlined base
rm -r local
