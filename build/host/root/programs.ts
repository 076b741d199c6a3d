import { fileURLToPath } from 'node:url';

/** Programs that look at a root, as a sandbox must see them for the commands below. */
export const rootPrograms: Record<string, string> = {
  '/inputs/survey.py': fileURLToPath(new URL('survey.py', import.meta.url)),
  '/inputs/small-files.sh': fileURLToPath(new URL('small-files.sh', import.meta.url)),
};

/** Searches all text files of the root at `$1` for the extended regular expression `$2`. */
export const searchScript = `(cd "$1"; grep --recursive --binary-files=without-match --null --only-matching --extended-regexp \\
  -e "$2" .) > /scratch/matches || [ $? -eq 1 ]`;

/** Lists the root at `$1`, and keeps its small files, those of the distribution at `$3` among them. */
export const surveyScript = `python3 /inputs/survey.py "$1" > /scratch/entries
sh /inputs/small-files.sh "$1" /scratch/texts.tar "$3"`;
