/** Programs of the root in place of others; package scripts look here first. */
export const besideFolder = '/tmp/beside';

/**
 * depmod reads all of a kernel's modules on one processor, a sixth of the time that all packages take, and nothing that is
 * configured meanwhile reads its tables. So it begins as soon as the modules are unpacked; this one is called in its place
 * when they are configured, waits for nobody, and has the true one run if modules have come since. What scripts hand on to
 * it is closed, or debconf would wait for its end; two kernels do not get in each other's way.
 */
const depmod = `#!/bin/sh
touch ${besideFolder}/enough
exec 9>> ${besideFolder}/log
flock 9
{
  flock ${besideFolder}/early true
  for version; do :; done
  [ -e "${besideFolder}/$version" ] && [ -z "$(find "/lib/modules/$version/" -name '*.ko*' -newercm "${besideFolder}/$version")" ] ||
    /usr/sbin/depmod "$@" || echo "depmod $* ended with $?" >> ${besideFolder}/failed
} < /dev/null >&9 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- &
`;

/** Waits for a kernel's modules, beside dpkg, until it is called for them; \`$1\` is the root. */
const watch = `
{
  flock 9
  until [ -e "$1${besideFolder}/enough" ]; do
    for list in "$1"/var/lib/dpkg/info/linux-modules-[0-9]*.list; do
      version=\${list##*/linux-modules-}
      version=\${version%.list}
      [ -e "$list" ] && chroot "$1/" /usr/sbin/depmod --version > /dev/null 2>&1 || continue
      touch "$1${besideFolder}/begun"
      chroot "$1/" /usr/sbin/depmod "$version" && mv "$1${besideFolder}/begun" "$1${besideFolder}/$version"
      exit
    done
    sleep 0.2
  done
} 9> "$1${besideFolder}/early" < /dev/null >> "$1${besideFolder}/log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- &
`;

/**
 * The path by which package scripts find it, and shell commands with the root as `$1`: one before a kernel is unpacked,
 * one before its modules are looked for.
 */
export const depmodBeside = {
  path: `${besideFolder}:/usr/sbin:/usr/bin:/sbin:/bin`,
  begin: `set -e
mkdir "$1${besideFolder}"
cat > "$1${besideFolder}/depmod" <<'end'
${depmod}end
chmod +x "$1${besideFolder}/depmod"
${watch}`,
  await: `set -e
touch "$1${besideFolder}/enough"
flock "$1${besideFolder}/early" true
flock "$1${besideFolder}/log" cat "$1${besideFolder}/log"
[ ! -e "$1${besideFolder}/failed" ] || { cat "$1${besideFolder}/failed" >&2; exit 1; }
rm -r "$1${besideFolder}"`,
};
