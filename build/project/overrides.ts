import { sha256 } from '../formats/text/canonical-json.ts';
import { IngotError } from '../model/errors.ts';
import type { ModelUse } from '../model/models.ts';
import type { Overrides } from './inputs.ts';

const tagPattern = /^[a-z0-9][a-z0-9.+-]{0,79}$/;

/**
 * What the name of an image tells besides its recipe, so that no other image of the recipe takes its place:
 * `--tag`, else the models where they are not the recipe's own.
 */
export function tagOf(own: ModelUse[], models: ModelUse[], tag?: string): string | undefined {
  if (tag !== undefined && !tagPattern.test(tag))
    throw new IngotError('USAGE', `--tag ${tag} cannot be a part of a file's name`, {
      hint: 'it has small letters, digits, ".", "+" and "-", begins with a letter or digit, and is at most 80 long',
    });
  if (tag !== undefined) return tag;
  const same = (a: ModelUse, b?: ModelUse) => a.name === b?.name && a.source === b.source;
  if (own.length === models.length && models.every((model, index) => same(model, own[index])))
    return undefined;
  const names = models.map(({ name }) => name).join('+');
  return tagPattern.test(names) ? names : `${names.slice(0, 60)}-${sha256(names).slice(0, 12)}`;
}

/** The command that locks a recipe as these options change it. */
export function lockCommand(recipe: string, { base, model = [], lock }: Overrides): string {
  const words = [
    ...(base ? ['--base', base] : []),
    ...model.flatMap((one) => ['--model', one]),
    ...(lock ? ['--lock', lock] : []),
  ];
  return ['ingot', 'lock', recipe, ...words].join(' ');
}
