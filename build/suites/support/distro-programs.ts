import { fileURLToPath } from 'node:url';

/** The distribution's programs, as a sandbox must see them. */
export const distroPrograms = {
  '/inputs/program': fileURLToPath(new URL('../../distros/debian/scripts/', import.meta.url)),
};

/** Compares all packaged files of the root `$1` with their checksums, as the stage `packages` does. */
export const verifyScript = 'sh /inputs/program/verify.sh "$1" > /scratch/altered';

/** The same for those alone that are not the files of the tree of packages, as the stage `hygiene` does. */
export const packageFactsScript = 'sh /inputs/program/package-facts.sh "$1" /inputs/packages';

/** What packages own of the root `$1`. */
export const ownedScript = 'sh /inputs/program/owned-paths.sh "$1" > /scratch/owned';
