import type { Topics } from '../../../hygiene/check.ts';
import { apt } from './apt.ts';
import { dpkg } from './dpkg.ts';
import { system } from './system.ts';

/** What only a root of Debian can be checked for. */
export const debianChecks: Topics = { dpkg, apt, debian: system };
