import { readYaml } from '../host/fs/drawers.ts';
import type { FeatureDefinition } from '../model/define.ts';
import type { Target } from '../model/target.ts';
import type { Recipe } from '../model/types.ts';
import { requirementsSchema } from '../schema/requirements.ts';
import { validate } from '../schema/validate.ts';

/** One thing that systems ask for, as recipes/requirements.yaml has it. */
export interface Requirement {
  text: string;
  /** Names of the recipes that ask for it. */
  systems: string[];
  /** i the builder, ii what is on the image, iii software that runs on it, p work of the project. */
  layers: ('i' | 'ii' | 'iii' | 'p')[];
  /** Where no feature names it: how the builder does it, what brings it, what comes later, or why not. */
  builder?: string;
  module?: string;
  later?: string;
  refused?: string;
}

/** What became of an item in one system. */
export interface Verdict {
  standing: 'met' | 'module' | 'later' | 'refused' | 'missing';
  /** Features that meet it, or how or why. */
  by: string;
}

export async function readRequirements(): Promise<{ [id: string]: Requirement }> {
  const path = 'recipes/requirements.yaml';
  const found = await readYaml(path, { maxCharacters: 2 ** 17 });
  return validate(requirementsSchema, found, path, 'INPUT_INVALID');
}

/**
 * A feature of the recipe, or one that a target adds, meets what it names. What nothing meets and has no
 * reason is `missing`, unless it is for software that comes later alone.
 */
export function verdictOf(
  id: string,
  requirement: Requirement,
  { recipe, features, targets }: { recipe: Recipe; features: FeatureDefinition[]; targets: Target[] },
): Verdict {
  const names = [recipe, ...targets].flatMap((one) => one.features.map(({ name }) => name));
  const meeting = features.filter((one) => names.includes(one.name) && one.requirements.includes(id));
  if (meeting.length) return { standing: 'met', by: meeting.map(({ name }) => `\`${name}\``).join(', ') };
  if (requirement.builder) return { standing: 'met', by: requirement.builder };
  for (const standing of ['module', 'refused', 'later'] as const) {
    const reason = requirement[standing];
    if (reason) return { standing, by: reason };
  }
  return isOfImage(requirement)
    ? { standing: 'missing', by: '' }
    : { standing: 'later', by: 'software on the image' };
}

/** It is for the builder or for what is on the image. */
export function isOfImage({ layers }: Requirement): boolean {
  return layers.includes('i') || layers.includes('ii');
}
