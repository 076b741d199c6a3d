import type { Backend } from '../model/backend.ts';
import type { DistroName } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { Medium } from '../model/target.ts';
import { liveBuild } from './live-build/backend.ts';
import { repart } from './repart/backend.ts';

export const allBackends: Backend[] = [liveBuild, repart];

/** The tool that makes this medium of a distribution's root. */
export function findBackend({ distro, medium }: { distro: DistroName; medium: Medium }): Backend {
  const found = allBackends.find((backend) => backend.medium === medium && backend.distros.includes(distro));
  if (found) return found;
  throw new IngotError('RECIPE_INVALID', `nothing makes a medium of the kind ${medium} of ${distro}`, {
    hint: 'choose another target, or another base',
  });
}
