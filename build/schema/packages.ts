import { packageArchitectures } from '../model/distro.ts';
import { object } from './object.ts';

/** Of packages in locks, and what others have in common with them. */

export const name = { type: 'string', pattern: '^[a-z0-9][a-z0-9.+-]*$' };
export const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
export const size = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
/**
 * Relative, ends in a file's name, and means the same in a URL: it is joined to a mirror's and to the store's
 * folder.
 */
const archivePath = { type: 'string', pattern: '^(?!.*(^|/)\\.{1,2}(/|$))[\\w.+~:-]+(/[\\w.+~:-]+)*$' };

export const packages = {
  type: 'array',
  items: object({
    name,
    version: { type: 'string' },
    architecture: { enum: Object.values(packageArchitectures).flat() },
    path: archivePath,
    size,
    installedKiB: size,
    sha256,
  }),
};
