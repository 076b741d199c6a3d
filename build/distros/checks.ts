import type { Topics } from '../hygiene/check.ts';
import type { DistroName } from '../model/distro.ts';
import { debianChecks } from './debian/hygiene/checks.ts';

/**
 * Each distribution's own checks of a finished root. They stand apart from `find.ts`, because the stage
 * `hygiene` runs them and takes all else from its options.
 */
export const ownChecks: { [name in DistroName]: Topics } = { debian: debianChecks };
