const folder = '/tmp/beside';

/**
 * depmod reads all of a kernel's modules on one processor, a sixth of the time that all packages take, and nothing that is
 * configured meanwhile reads its tables. So it begins as soon as the modules are unpacked; this one is called in its place
 * when they are configured, waits for nobody, and has the true one run if modules have come since. What scripts hand on to
 * it is closed, or debconf would wait for its end; two kernels do not get in each other's way.
 */
const depmod = `#!/bin/sh
touch ${folder}/enough
exec 9>> ${folder}/log
flock 9
{
  flock ${folder}/early true
  for version; do :; done
  [ -e "${folder}/$version" ] && [ -z "$(find "/lib/modules/$version/" -name '*.ko*' -newercm "${folder}/$version")" ] ||
    /usr/sbin/depmod "$@" || echo "depmod $* ended with $?" >> ${folder}/failed
} < /dev/null >&9 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- &
`;

/** Waits for a kernel's modules, beside dpkg, until it is called for them; \`$1\` is the root. */
const watch = `
{
  flock 9
  until [ -e "$1${folder}/enough" ]; do
    for list in "$1"/var/lib/dpkg/info/linux-modules-[0-9]*.list; do
      version=\${list##*/linux-modules-}
      version=\${version%.list}
      [ -e "$list" ] && chroot "$1/" /usr/sbin/depmod --version > /dev/null 2>&1 || continue
      touch "$1${folder}/begun"
      chroot "$1/" /usr/sbin/depmod "$version" && mv "$1${folder}/begun" "$1${folder}/$version"
      exit
    done
    sleep 0.2
  done
} 9> "$1${folder}/early" < /dev/null >> "$1${folder}/log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- &
`;

/**
 * The path by which package scripts find it, and shell commands with the root as `$1`: one before a kernel is unpacked,
 * one before its modules are looked for.
 */
export const depmodBeside = {
  path: `${folder}:/usr/sbin:/usr/bin:/sbin:/bin`,
  begin: `set -e
mkdir "$1${folder}"
cat > "$1${folder}/depmod" <<'end'
${depmod}end
chmod +x "$1${folder}/depmod"
${watch}`,
  await: `set -e
touch "$1${folder}/enough"
flock "$1${folder}/early" true
flock "$1${folder}/log" cat "$1${folder}/log"
[ ! -e "$1${folder}/failed" ] || { cat "$1${folder}/failed" >&2; exit 1; }
rm -r "$1${folder}"`,
};
