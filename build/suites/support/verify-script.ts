import { fileURLToPath } from 'node:url';

/** The distribution's own comparison of all packaged files with their checksums, as a sandbox must see it. */
export const verifyProgram = {
  '/inputs/verify.sh': fileURLToPath(new URL('../../distros/debian/scripts/verify.sh', import.meta.url)),
};

/** What the stage `packages` does with it; `$1` is the root. */
export const verifyScript = 'sh /inputs/verify.sh "$1" > /scratch/altered';
