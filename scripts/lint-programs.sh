#!/bin/sh
# Checks the programs that run in the sandbox, on the images and here: shell with shellcheck, Python by compiling it.
set -eu
cd "$(dirname "$0")/.."

# Templates are no programs until they are rendered; new files count before they are committed.
git ls-files --cached --others --exclude-standard | grep -vE '\.(hbs|ts|mjs|json|md|yaml|png)$' | sort -u | {
  failed=0
  programs=0
  while IFS= read -r file; do
    [ -f "$file" ] || continue
    if [ "${file%.py}" != "$file" ]; then
      # Unlike py_compile, this leaves no file.
      python3 -c 'import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")' "$file" || failed=1
    elif [ "${file%.sh}" != "$file" ] || head -n 1 "$file" | grep -aqE '^#!.*[/ ](ba|da)?sh( |$)'; then
      # Of level info is mere advice, as about a $ in single quotes.
      shellcheck --severity=warning "$file" || failed=1
    else
      continue
    fi
    programs=$((programs + 1))
  done
  [ "$programs" -gt 0 ] || { echo 'no program was found' >&2; exit 1; }
  echo "$programs programs checked"
  exit "$failed"
}
