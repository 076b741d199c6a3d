import { shellWord } from '../text/shell.ts';
import type { CloudFacts } from './facts.ts';

export interface UploadScript {
  facts: CloudFacts;
  /** What the script does, as a sentence. */
  summary: string;
  /** Comment lines: pages that say why the commands are as they are. */
  sources: string[];
  /** Source file of the renderer, in this folder. */
  madeBy: string;
  /** What comes after the artifact's name in the script's. */
  suffix?: string;
  /** Environment variables that it cannot do without, with an example each. */
  takes: { [variable: string]: string };
  programs: string[];
  /** True where the artifact need not be here: the cloud loads it from elsewhere. */
  elsewhere?: true;
  body: string;
}

/**
 * A POSIX shell script that runs `body` in the artifact's folder, with the artifact's name in $file, after it
 * has seen that nothing is missing and that the files are the ones that were built.
 */
export function renderUploadScript(script: UploadScript): string {
  const { facts, summary, sources, madeBy, takes, body } = script;
  const usage = Object.entries(takes).map(([variable, example]) => `${variable}=${example}`);
  return `#!/bin/sh
# Made by Ingot; edit build/formats/cloud/${madeBy}.
# ${summary}
#   ${[...usage, 'sh', shellWord(`${facts.file}.${script.suffix ?? 'upload.sh'}`)].join(' ')}
${sources.map((line) => `# ${line}\n`).join('')}set -eu
cd "$(dirname "$0")"
file=${shellWord(facts.file)}
${missingVariables(Object.keys(takes), usage)}${missingPrograms(script.programs)}
${script.elsewhere ? '' : checkFiles}${body}`;
}

/**
 * Shell that has `commands` run when the script ends, well or not, to remove what it has made on the way. A
 * signal that is not caught would end the shell without them. For what could not be removed they say `|| left
 * <what>`.
 */
export function atEnd(commands: string): string {
  return `
left() {
  echo "not removed, and paid for until it is: $1" >&2
  kept=yes
}
# However the script ends. What goes to standard output is the image's id alone.
clean() {
  kept=
${commands.replaceAll(/^/gm, '  ')}
  [ -z "$kept" ] || exit 1
}
trap 'clean >&2' EXIT
trap 'exit 130' HUP INT TERM

`;
}

function missingVariables(variables: string[], usage: string[]): string {
  if (variables.length === 0) return '';
  const tests = variables.map((name) => `[ -n "\${${name}-}" ] || missing="$missing ${name}"\n`);
  return `
missing=
${tests.join('')}if [ -n "$missing" ]; then
  echo "not set:$missing; usage: ${usage.join(' ')} sh $0" >&2
  exit 2
fi
`;
}

function missingPrograms(programs: string[]): string {
  return `
missing=
for program in ${programs.join(' ')}; do
  command -v "$program" > /dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
  echo "not installed:$missing" >&2
  exit 5
fi
`;
}

/**
 * --ignore-missing allows that the SBOMs are elsewhere, and would allow the artifact to be; hence the first
 * line.
 */
const checkFiles = `[ -f "$file" ] || { echo "$file is not in $PWD" >&2; exit 5; }
sha256sum --check --strict --quiet --ignore-missing "$file.SHA256SUMS"

`;
