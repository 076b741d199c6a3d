import { canonicalJson, sha256 } from '../formats/text/canonical-json.ts';
import { importDefault, moduleNames } from '../host/fs/drawers.ts';
import type { Feature, OptionSchema } from '../model/define.ts';
import { IngotError, nearest } from '../model/errors.ts';
import type { FeatureUse, Json } from '../model/types.ts';

/** One option of a feature with the value that the command line gives it. */
export interface SetOption {
  feature: string;
  option: string;
  value: Json;
}

/**
 * A recipe's features with the options that `--set feature.option=value` gives them. Whether a value is one
 * that the feature takes is seen where the recipe's own are checked.
 */
export async function withSetOptions(
  recipe: string,
  features: FeatureUse[],
  set: string[],
): Promise<FeatureUse[]> {
  const chosen = await Promise.all(set.map((text) => parseSet(recipe, features, text)));
  chosen.forEach(({ feature, option }, index) => {
    if (chosen.findIndex((other) => other.feature === feature && other.option === option) !== index)
      throw new IngotError('USAGE', `--set ${feature}.${option} is given twice`, {
        hint: 'give each option once; the items of a list are separated by commas',
      });
  });
  return features.map((use) => {
    const own = chosen.filter(({ feature }) => feature === use.name);
    const options = Object.fromEntries(own.map(({ option, value }) => [option, value]));
    return own.length ? { ...use, options: { ...use.options, ...options } } : use;
  });
}

/**
 * What an image's name tells of the options that differ from the recipe's own: a short value as it is, of any
 * other a part of its hash.
 */
export function tagOfOptions(own: FeatureUse[], features: FeatureUse[]): string[] {
  return features.flatMap(({ name, options }) => {
    const before = own.find((use) => use.name === name)?.options ?? {};
    return Object.entries(options)
      .filter(([option, value]) => canonicalJson(value) !== canonicalJson(before[option] ?? null))
      .map(([option, value]) => `${name}.${option.toLowerCase()}-${shortValue(value)}`);
  });
}

async function parseSet(recipe: string, features: FeatureUse[], text: string): Promise<SetOption> {
  const [, feature, option, value] = /^([^.=]+)\.([^.=]+)=(.*)$/s.exec(text) ?? [];
  if (!feature || !option || value === undefined)
    throw new IngotError('USAGE', `--set ${text} does not name a feature, its option and a value`, {
      hint: 'it is written as --set system.hostname=box; ingot list shows features and their options',
    });
  const used = features.map(({ name }) => name);
  if (!used.includes(feature)) throw await notUsed(recipe, used, feature);
  const { options } = (await importDefault<Feature>('recipes/features', feature)).definition;
  const schema = options[option];
  if (schema) return { feature, option, value: typed(schema, value, text) };
  const names = Object.keys(options);
  throw new IngotError('USAGE', `--set ${text}: feature ${feature} has no option ${option}`, {
    hint: hintFor(option, names, names.length ? 'its options are' : 'it has no options'),
  });
}

async function notUsed(recipe: string, used: string[], feature: string): Promise<IngotError> {
  const exists = (await moduleNames('recipes/features')).includes(feature);
  const problem = exists ? `recipe ${recipe} does not use feature` : 'there is no feature';
  return new IngotError('USAGE', `--set ${feature}: ${problem} ${feature}`, {
    hint: hintFor(exists ? '' : feature, used, 'the recipe uses'),
  });
}

function hintFor(typed: string, names: string[], otherwise: string): string {
  const near = nearest(typed, names);
  return near && typed ? `did you mean ${near}?` : [otherwise, names.join(', ')].join(' ').trim();
}

/** The value as the option's type asks for it. */
function typed({ type, items }: OptionSchema, text: string, given: string): Json {
  if (type === 'string') return text;
  if (type === 'array' && !text.startsWith('['))
    return text === '' ? [] : text.split(',').map((item) => typed(itemSchema(items), item, given));
  try {
    const value = JSON.parse(text) as Json;
    if (isOf(type, value)) return value;
  } catch {
    // Told below.
  }
  throw new IngotError('USAGE', `--set ${given}: ${JSON.stringify(text)} is not ${called[type]}`, {
    hint: `the option takes ${called[type]}`,
  });
}

function itemSchema(items: Json | undefined): OptionSchema {
  return (items ?? { type: 'string' }) as OptionSchema;
}

const called: { [type: string]: string } = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list: items separated by commas, or JSON',
  object: 'an object in JSON',
};

function isOf(type: string, value: Json): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type && value !== null;
}

function shortValue(value: Json): string {
  const text = String(value);
  return typeof value !== 'object' && /^[a-z0-9][a-z0-9.]{0,15}$/.test(text)
    ? text
    : sha256(canonicalJson(value)).slice(0, 8);
}
