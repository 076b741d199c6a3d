import { besideFolder } from './depmod-beside.ts';

const path = '/tmp/dracut-install';
const early = '/tmp/dracut-early';

/**
 * In place of dracut-install. dracut has it look through all drivers for those that a root may be on, which reads each of
 * them on one processor: half of the time that an initramfs takes. What was found while packages were configured is
 * taken, unless dracut asks for something else or there is anything newer. Otherwise two look through about as much each;
 * the second puts what it finds into a folder of its own, for neither expects files to come from elsewhere.
 */
const dracutInstall = `#!/bin/bash
own=/usr/lib/dracut/dracut-install
[[ " $* " == *" -s "* && "\${*: -1}" == =drivers ]] || exec "$own" "$@"
given=("\${@:1:$#-1}")
for ((at = 0; at < \${#given[@]}; at++)); do
  case \${given[at]} in
  -D) to=$((at + 1)) ;;
  --kerneldir) cd "\${given[at + 1]}" || exit ;;
  esac
done
folder=\${given[to]}
merge() { cp --archive --link --update=none "$1/." "$folder" && rm -r "$1"; }

flock ${early}/lock true
asked=("\${given[@]}")
asked[to]=${early}/found
if [ "\${asked[*]@Q}" = "$(cat ${early}/arguments 2> /dev/null)" ] &&
  [ -z "$(find {/usr/lib,/etc,/run}/modprobe.d /usr/lib/{modules,firmware} -newercm ${early}/begun ! -type d \\
    ! -path '/usr/lib/modules/*/config' ! -path '/usr/lib/modules/*/vmlinuz' -print -quit 2> /dev/null)" ]; then
  merge ${early}/found
  exit
fi

while read -r half part; do
  declare -n parts=half$half
  parts+=("=drivers/$part")
done < <(du --summarize {kernel,extra,updates}/drivers/* 2> /dev/null | sort --numeric-sort --reverse |
  awk '{ sub(".*/", "", $2); half = $2 in to ? to[$2] : sum[1] > sum[2] ? 2 : 1; to[$2] = half; sum[half] += $1; print half, $2 }')
"$own" "\${given[@]}" "\${half1[@]}" &
given[to]=$folder.second
mkdir "\${given[to]}"
status=0
[ -z "\${half2[*]}" ] || "$own" "\${given[@]}" "\${half2[@]}" || status=$?
wait $! || status=$?
merge "\${given[to]}" || status=$?
exit $status
`;

/**
 * Looks through all drivers as soon as `packages` are unpacked and modules have their tables, beside package scripts. What
 * dracut will look for its own module says; where that is not found, or not yet when the scripts end, nobody is the worse.
 */
const lookEarly = (packages: number) => `
mkdir "$1${early}"
{
  flock 9
  root=$1
  until set -- "$root"/var/lib/dpkg/info/*.list; [ $# -ge ${packages} ]; do
    [ -e "$root${besideFolder}" ] || exit
    sleep 0.2
  done
  flock "$root${besideFolder}/early" touch "$root${early}/begun" || exit
  exec chroot "$root/" bash -euc '
    module=(/usr/lib/dracut/modules.d/*kernel-modules/module-setup.sh)
    symbols=$(sed -n "s/^ *local _blockfuncs=.\\(.*\\).\\$/\\1/p" "\${module[@]}")
    kernel=(/usr/lib/modules/*)
    asked=(-D ${early}/found --kerneldir "\${kernel[@]}" -m -o -s "$symbols")
    mkdir ${early}/found
    /usr/lib/dracut/dracut-install "\${asked[@]}" =drivers
    echo "\${asked[*]@Q}" > ${early}/arguments'
} 9> "$1${early}/lock" < /dev/null > "$1${early}/log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- &
`;

/**
 * Environment of the command that makes an initramfs, and shell commands with the root as `$1`: when nothing but the
 * essential packages is unpacked, before and after that command.
 */
export const dracutBeside = {
  environment: `DRACUT_INSTALL=${path}`,
  early: lookEarly,
  begin: `cat > "$1${path}" <<'end'
${dracutInstall}end
chmod +x "$1${path}"`,
  end: `rm -r "$1${path}" "$1${early}"`,
};
