#!/bin/sh
# Installs what the host itself needs: on Debian 12 and 13 and Ubuntu 24.04 as root with apt; elsewhere it prints
# what to run. Everything that touches an image's bytes comes later, in the tools tree.
#   setup.sh                       all of it
#   setup.sh --if-missing build    only if something for building is missing
#   setup.sh --if-missing test     the same for building and for npm test
#   setup.sh --if-missing night    the same for everything
# A checkout that was converted to line ends of Windows ends here, as nothing below could run: the value has one more
# character then, and the empty comment behind the next line takes up another.
end=lf
[ "$end" = lf ] || { echo 'error INPUT_INVALID: this checkout was converted to line ends of Windows (CRLF); clone it again with: git -c core.autocrlf=false clone' >&2; exit 3; } #
set -eu
cd "$(dirname "$0")/.."

build='mmdebstrap apt-utils debian-archive-keyring util-linux tar ca-certificates'
test='qemu-system-x86 qemu-utils ovmf openssh-client cloud-image-utils xz-utils git faketime gnupg shellcheck'
# Heat is 200 packages, which take longer to install than some suites to run.
night='docker.io python3-heat swtpm'
. /etc/os-release
system="$ID-${VERSION_ID-}"
# Debian packages Docker's client by itself since 13; before, and in Ubuntu, it comes with the engine.
case $system in debian-13 | debian-) night="$night docker-cli" ;; esac

# A file that each package is needed for.
file_of() {
  case $1 in
    mmdebstrap) echo /usr/bin/mmdebstrap ;;
    apt-utils) echo /usr/bin/apt-ftparchive ;;
    debian-archive-keyring) echo /usr/share/keyrings/debian-archive-keyring.gpg ;;
    util-linux) echo /usr/bin/unshare ;;
    tar) echo /bin/tar ;;
    ca-certificates) echo /etc/ssl/certs/ca-certificates.crt ;;
    qemu-system-x86) echo /usr/bin/qemu-system-x86_64 ;;
    qemu-utils) echo /usr/bin/qemu-img ;;
    ovmf) echo /usr/share/OVMF/OVMF_CODE_4M.fd ;;
    openssh-client) echo /usr/bin/ssh-keygen ;;
    cloud-image-utils) echo /usr/bin/cloud-localds ;;
    xz-utils) echo /usr/bin/xz ;;
    # An engine that came from elsewhere is as good; installing another one would break it.
    docker.io) command -v dockerd || echo /usr/sbin/dockerd ;;
    docker-cli) command -v docker || echo /usr/bin/docker ;;
    git) echo /usr/bin/git ;;
    faketime) echo /usr/bin/faketime ;;
    gnupg) echo /usr/bin/gpg ;;
    shellcheck) echo /usr/bin/shellcheck ;;
    swtpm) echo /usr/bin/swtpm ;;
    python3-heat) echo /usr/lib/python3/dist-packages/heat/engine/stack.py ;;
  esac
}

wanted="$build $test $night"
if [ "${1-}" = --if-missing ]; then
  case ${2-} in
    build) wanted=$build ;;
    test) wanted="$build $test" ;;
  esac
fi
missing=
for package in $wanted; do
  [ -e "$(file_of "$package")" ] || missing="$missing $package"
done

# An old one fails much later, and does not say why.
command -v node > /dev/null || {
  echo 'error HOST_TOOL_MISSING: there is no Node.js; Debian 13 has it as nodejs and npm, nodejs.org for other systems' >&2
  exit 5
}
node scripts/check-node.mjs

# shellcheck disable=SC3013 # Every sh of these systems knows -nt.
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
fi
[ -n "$missing" ] || exit 0

command="apt-get update && apt-get install --yes --no-install-recommends$missing"
case $system in
  debian-12 | debian-13 | debian- | ubuntu-24.04) ;;
  *)
    echo "Ingot's set-up knows Debian 12, Debian 13 and Ubuntu 24.04, not $PRETTY_NAME. The programs it needs are in" >&2
    echo "Debian's packages$missing; on a system with apt:" >&2
    echo "  $command" >&2
    exit 5
    ;;
esac
if [ "$(id -u)" -ne 0 ]; then
  echo "error NOT_ROOT: installing$missing needs root; run: sudo sh -c '$command'" >&2
  exit 5
fi
echo "installing$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# Recommended packages are desktops and documentation; nothing here needs them. Docker's are what starts containers.
# shellcheck disable=SC2086
apt-get -qq install --yes --no-install-recommends $missing
