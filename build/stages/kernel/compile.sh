#!/bin/sh
# Compiles a kernel: compile.sh FOLDER JOBS RELEASE
# FOLDER holds source.tar.xz and the resolved `config`. Left in it are image and tree/, which has modules as they are
# installed. The same source, configuration and tools give the same files in whatever FOLDER.
set -eu
folder=$1 jobs=$2 release=$3
cd "$folder"
mkdir source objects
tar --extract --xz --file source.tar.xz --directory source --strip-components=1
rm source.tar.xz
cp config objects/.config

# Without these the kernel has the builder's name, the time, and a counter of builds in it.
KBUILD_BUILD_TIMESTAMP=$(LC_ALL=C date --utc --date="@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000')
export KBUILD_BUILD_TIMESTAMP KBUILD_BUILD_USER=ingot KBUILD_BUILD_HOST=ingot KBUILD_BUILD_VERSION=1
# Paths stay in data for debuggers, and through the build id also where those are stripped.
maps="-fdebug-prefix-map=$folder/source/=./ -fdebug-prefix-map=$folder/objects=."
build() {
  # LOCALVERSION is set, so that no plus sign is added for a source that no git tag names.
  make --silent --directory=source O="$folder/objects" LOCALVERSION= KCFLAGS="$maps" KAFLAGS="$maps" "$@"
}

build olddefconfig
if ! cmp config objects/.config; then
  diff config objects/.config >&2 || true
  echo 'the build changes the resolved configuration' >&2
  exit 1
fi
made=$(build kernelrelease)
if [ "$made" != "$release" ]; then
  echo "the source makes the kernel release $made, and not $release" >&2
  exit 1
fi
build --jobs="$jobs" bzImage modules
cp "objects/$(build image_name)" image
# The package's own program makes the index of modules where they are installed.
build --jobs="$jobs" INSTALL_MOD_PATH="$folder/tree/usr" INSTALL_MOD_STRIP=1 DEPMOD=true modules_install
rm -f "tree/usr/lib/modules/$release/build" "tree/usr/lib/modules/$release/source"
