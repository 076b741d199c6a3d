#!/bin/sh
# Tries in the working folder what a store does with files. The last word that is printed says what was tried last.
set -eu
echo 'write files'
: > file
echo 'make hard links'
ln file linked
echo 'make symbolic links'
ln -s file symbolic
echo 'give files to other users'
chown 1:1 file
[ "$(stat --format=%u:%g file)" = 1:1 ]
echo 'keep the modes of files'
chmod 4750 file
[ "$(stat --format=%a file)" = 4750 ]
echo 'tell small letters from capitals'
: > FILE
[ "$(stat --format=%i file)" != "$(stat --format=%i FILE)" ]
echo 'run programs'
printf '#!/bin/sh\n' > program
chmod 755 program
./program
