const folder = '/tmp/beside';

/**
 * In place of depmod, which reads all of a kernel's modules on one processor while dpkg waits, and a fifth of the time
 * that all packages take. Nothing that is configured meanwhile reads its tables. What scripts hand on to it is closed,
 * or debconf would wait for its end; two kernels do not get in each other's way.
 */
const depmod = `#!/bin/sh
exec 9>> ${folder}/log
flock 9
{ /usr/sbin/depmod "$@" || echo "depmod $* ended with $?" >> ${folder}/failed; } \\
  < /dev/null >&9 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- &
`;

/**
 * The path by which package scripts find it, and shell commands with the root as `$1`: one before a kernel is configured,
 * one before its modules are looked for.
 */
export const depmodBeside = {
  path: `${folder}:/usr/sbin:/usr/bin:/sbin:/bin`,
  begin: `set -e
mkdir "$1${folder}"
cat > "$1${folder}/depmod" <<'end'
${depmod}end
chmod +x "$1${folder}/depmod"`,
  await: `set -e
flock "$1${folder}/log" cat "$1${folder}/log"
[ ! -e "$1${folder}/failed" ] || { cat "$1${folder}/failed" >&2; exit 1; }
rm -r "$1${folder}"`,
};
