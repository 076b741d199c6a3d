import { fileURLToPath } from 'node:url';

/** Programs that look at a root, as a sandbox must see them for the commands below. */
export const rootPrograms: Record<string, string> = {
  '/inputs/survey.py': fileURLToPath(new URL('survey.py', import.meta.url)),
  '/inputs/small-files.sh': fileURLToPath(new URL('small-files.sh', import.meta.url)),
  '/inputs/altered-files.py': fileURLToPath(new URL('altered-files.py', import.meta.url)),
};

/**
 * Lists the packaged files that differ from their checksums, of a root made of the tree of packages at
 * `/inputs/packages`, whose own list is beside it.
 */
export const verifyChangedScript =
  'python3 /inputs/altered-files.py "$1" /inputs/packages/root /inputs/packages/altered > /scratch/altered';

/** Searches all text files of the root at `$1` for the extended regular expression `$2`. */
export const searchScript = `(cd "$1"; grep --recursive --binary-files=without-match --null --only-matching --extended-regexp \\
  -e "$2" .) > /scratch/matches || [ $? -eq 1 ]`;

/** Lists the root at `$1`, and keeps its small files. */
export const surveyScript = `python3 /inputs/survey.py "$1" > /scratch/entries
sh /inputs/small-files.sh "$1" /scratch/texts.tar`;
