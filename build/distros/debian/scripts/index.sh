#!/bin/sh
# Makes the working folder, whose pool/ holds packages, an apt repository of the base $1.
# SHA-256 only: the other hashes cost time and prove nothing more.
set -eu
base=$1
index=dists/$base/main/binary-amd64
mkdir -p "$index"
archive() {
  apt-ftparchive -o APT::FTPArchive::MD5=false -o APT::FTPArchive::SHA1=false -o APT::FTPArchive::SHA512=false "$@"
}
archive packages pool > "$index/Packages"
archive -o APT::FTPArchive::Release::Codename="$base" -o APT::FTPArchive::Release::Suite="$base" \
  -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures=amd64 \
  release "dists/$base" > Release
mv Release "dists/$base/Release"
