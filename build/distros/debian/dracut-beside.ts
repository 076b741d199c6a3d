const path = '/tmp/dracut-install';

/**
 * In place of dracut-install. dracut has it look through all drivers for those that a root may be on, which reads each of
 * them on one processor: half of the time that an initramfs takes. Two look through about as much each; the second puts
 * what it finds into a folder of its own, for neither expects files to come from elsewhere.
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
while read -r half folder; do
  declare -n folders=half$half
  folders+=("=drivers/$folder")
done < <(du --summarize {kernel,extra,updates}/drivers/* 2> /dev/null | sort --numeric-sort --reverse |
  awk '{ sub(".*/", "", $2); half = $2 in to ? to[$2] : sum[1] > sum[2] ? 2 : 1; to[$2] = half; sum[half] += $1; print half, $2 }')
"$own" "\${given[@]}" "\${half1[@]}" &
folder=\${given[to]}
given[to]=$folder.second
mkdir "\${given[to]}"
status=0
[ -z "\${half2[*]}" ] || "$own" "\${given[@]}" "\${half2[@]}" || status=$?
wait $! || status=$?
cp --archive --update=none "\${given[to]}/." "$folder" && rm -r "\${given[to]}" || status=$?
exit $status
`;

/** Environment of the command that makes an initramfs, and shell commands before and after it with the root as `$1`. */
export const dracutBeside = {
  environment: `DRACUT_INSTALL=${path}`,
  begin: `cat > "$1${path}" <<'end'
${dracutInstall}end
chmod +x "$1${path}"`,
  end: `rm "$1${path}"`,
};
