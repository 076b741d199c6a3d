#!/bin/sh
# Makes of a kernel's source what is needed to check configurations: prepare.sh FOLDER
# FOLDER holds source.tar.xz and configs/ and is seen here under the same path as later, because the kernel's scripts
# write it down. Left are source/ (Kconfig files only), objects/ (conf), kdump, environment, bases/ and the lists of unpack.py.
set -eu
folder=$1
programs=$(cd "$(dirname "$0")" && pwd)
cd "$folder"
mkdir source objects bases
xz --decompress --stdout source.tar.xz | python3 "$programs/unpack.py" source parameters.json names.txt
rm source.tar.xz
# Always a configuration: without one, conf reads that of the builder's own kernel.
make -s -C source O="$folder/objects" defconfig > /dev/null
if [ -d configs ]; then mv configs/* bases/; fi
mv objects/.config bases/defconfig
o=objects/scripts/kconfig
gcc -O1 -I source/scripts/include -I source/scripts/kconfig -I $o -o kdump "$programs/kdump.c" \
  $o/confdata.o $o/expr.o $o/lexer.lex.o $o/menu.o $o/parser.tab.o $o/preprocess.o $o/symbol.o $o/util.o
# What make gives to conf in its environment, by a hook of its own.
printf 'e := $(shell,env -0 > %s/environment)\n' "$folder" > hook.Kconfig
cp bases/defconfig objects/.config
make -s -C source O="$folder/objects" KBUILD_KCONFIG="$folder/hook.Kconfig" olddefconfig > /dev/null
rm -rf configs hook.Kconfig objects/.config objects/.config.old
