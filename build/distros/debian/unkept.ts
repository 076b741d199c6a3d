import { besideFolder } from './depmod-beside.ts';

/**
 * What package scripts call in place of programs whose work `scrub` removes again: byte code, which dpkg's list of a
 * Python library's files is asked for, and SSH host keys. All else is the true one's.
 */
const programs: { [name: string]: string } = {
  dpkg: `case "$1 $2" in
"-L libpython3."*) ;;
*) exec /usr/bin/dpkg "$@" ;;
esac
`,
  py3compile: '',
  'ssh-keygen': `case "$1 $2" in
"-q -f") : > "$3" ;;
"-l -f"*) ;;
*) exec /usr/bin/ssh-keygen "$@" ;;
esac
`,
};

/** Shell commands with the root as `$1`, when `depmodBeside` has begun; it takes them away at its end. */
export const leaveOutUnkept = Object.entries(programs)
  .map(([name, script]) => {
    const path = `"$1${besideFolder}/${name}"`;
    return `cat > ${path} <<'end'\n#!/bin/sh\n${script}end\nchmod +x ${path}`;
  })
  .join('\n');
