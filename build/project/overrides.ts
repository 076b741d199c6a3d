import { sha256 } from '../formats/text/canonical-json.ts';
import { shellWord } from '../formats/text/shell.ts';
import { IngotError } from '../model/errors.ts';
import type { ModelUse } from '../model/models.ts';
import type { Recipe } from '../model/types.ts';
import type { Overrides } from './inputs.ts';
import { tagOfOptions } from './set-options.ts';

const tagPattern = /^[a-z0-9][a-z0-9.+-]{0,79}$/;

/**
 * What the name of an image tells besides its recipe, so that no other image of the recipe takes its place:
 * `--tag`, else the models and options where they are not the recipe's own.
 */
export function tagOf(own: Changeable, now: Changeable, tag?: string): string | undefined {
  if (tag !== undefined && !tagPattern.test(tag))
    throw new IngotError('USAGE', `--tag ${tag} cannot be a part of a file's name`, {
      hint: 'it has small letters, digits, ".", "+" and "-", begins with a letter or digit, and is at most 80 long',
    });
  if (tag !== undefined) return tag;
  const changes = [...changedModels(own.models, now.models), ...tagOfOptions(own.features, now.features)];
  const text = changes.join('+');
  if (!text || tagPattern.test(text)) return text || undefined;
  return `${text.slice(0, 60)}-${sha256(text).slice(0, 12)}`;
}

type Changeable = Pick<Recipe, 'models' | 'features'>;

/** Names of all models, where they are not the recipe's own. */
function changedModels(own: ModelUse[], models: ModelUse[]): string[] {
  const same = (a: ModelUse, b?: ModelUse) => a.name === b?.name && a.source === b.source;
  if (own.length === models.length && models.every((model, index) => same(model, own[index]))) return [];
  return models.map(({ name }) => name);
}

/** The command that locks a recipe as these options change it. */
export function lockCommand(recipe: string, { base, model = [], set = [], lock }: Overrides): string {
  const words = [
    ...(base ? ['--base', base] : []),
    ...model.flatMap((one) => ['--model', one]),
    ...set.flatMap((one) => ['--set', shellWord(one)]),
    ...(lock ? ['--lock', lock] : []),
  ];
  return ['ingot', 'lock', recipe, ...words].join(' ');
}
