import type { FeatureEffect } from './effect.ts';
import type { FeatureHygiene } from './hygiene.ts';
import type { ServedModel } from './served.ts';
import type { Target } from './target.ts';
import type { FeatureUse, Json, Recipe } from './types.ts';

/** JSON schema of one feature option; `default` is filled in, so the effect always sees every option. */
export type OptionSchema = {
  description: string;
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  default: Json;
} & { [keyword: string]: Json };

export interface FeatureDefinition {
  name: string;
  summary: string;
  /** IDs of the requirements this feature meets. */
  requirements: string[];
  /** Typed options; an unknown or ill-typed one is refused with its path. */
  options: { [option: string]: OptionSchema };
  /** What the checks of the finished root must let pass because of this feature, each with its reason. */
  hygiene?: FeatureHygiene | ((options: { [key: string]: Json }) => FeatureHygiene);
  /**
   * Files of its overlay that must be there before packages are installed, by path: settings that packages
   * read when they are configured.
   */
  early?: string[];
  /** Its tests are repeated after a restart and after a power cut, because it must hold then as well. */
  everyStart?: boolean;
  /** The unit by which it serves others: modules may need the feature. */
  service?: string;
  /** Why the feature has no file in qemu-tests/. */
  untested?: string;
  /** Pure: options in, plain values out. */
  effect(options: { [key: string]: Json }, image: Surroundings): FeatureEffect;
}

/** What a feature may know of the image that it is part of. */
export interface Surroundings {
  /** The decided options of every feature that is there, by its name. */
  features: { [name: string]: { [option: string]: Json } };
  /** What is served, the first by default. */
  models: ServedModel[];
}

/** A feature is called in a recipe to use it: `zram({ algorithm: 'zstd' })`. */
export type Feature = ((options?: { [key: string]: Json }) => FeatureUse) & { definition: FeatureDefinition };

export function defineFeature(definition: FeatureDefinition): Feature {
  const use = (options: { [key: string]: Json } = {}): FeatureUse => ({ name: definition.name, options });
  return Object.assign(use, { definition });
}

/** A typed identity: the recipe stays plain data. */
export function defineRecipe(recipe: Recipe): Recipe {
  return recipe;
}

/** A typed identity: the target stays plain data. */
export function defineTarget(target: Target): Target {
  return target;
}
