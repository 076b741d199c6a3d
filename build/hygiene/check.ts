import type { Root } from './root.ts';

/**
 * Where a check comes from: rules for published images of these clouds and systems, or Ingot's own promises.
 */
export type Rule = 'AWS' | 'Azure' | 'Debian cloud' | 'Flatcar' | 'Ingot';

export interface Violation {
  path: string;
  /** What is there, as a value. */
  found: string;
}

/** Checks by what they are about. */
export interface Topics {
  [topic: string]: Check[];
}

/** Something that must be true of every finished root. */
export interface Check {
  name: string;
  rule: Rule;
  /** What must be true. */
  must: string;
  /** What to do about a violation. */
  remedy: string;
  find(root: Root): Violation[];
}
