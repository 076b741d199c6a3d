import { isOnHub } from '../formats/text/model-hub.ts';
import { builtinModel } from '../gguf/builtin.ts';
import { readJson, repository } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';
import type { ModelRole, ModelUse } from '../model/models.ts';
import { partOfSource, partsOf } from '../model/parts.ts';
import type { Recipe } from '../model/types.ts';
import { catalogueSchema } from '../schema/models.ts';
import { validate } from '../schema/validate.ts';
import { assertKnown } from './known.ts';

/** A model that somebody has looked at, as recipes/models.json has it. */
export interface CatalogueModel {
  name: string;
  /** What it is good for, best first. */
  roles: ModelRole[];
  /** Owner and name on the hub, and the path within. */
  repository: string;
  file: string;
  revision?: string;
  licence: string;
  /** Memory of the smallest machine that serves it with context and cache. */
  ramGiB: number;
  /** About, in powers of 1000. */
  gigabytes?: number;
  /** Absent where nobody knows it; it is locked then as it arrives first. */
  sha256?: string;
}

export async function readCatalogue(): Promise<CatalogueModel[]> {
  const path = 'recipes/models.json';
  const found = await readJson<unknown>(`${repository}${path}`);
  return validate<CatalogueModel[]>(catalogueSchema, found, path);
}

/** The recipe's models with what is known of them, and those in parts as all their parts. */
export async function knownModels(recipe: Recipe): Promise<ModelUse[]> {
  const asked = recipe.models.some(({ source }) => source.startsWith(prefix) || isOnHub(source));
  const catalogue = asked ? await readCatalogue() : [];
  return recipe.models.flatMap((model) => partsOf(assertFirst(known(model, catalogue, recipe))));
}

const prefix = 'catalogue:';

function known(model: ModelUse, catalogue: CatalogueModel[], { machine }: Recipe): ModelUse {
  const { source } = model;
  const builtin = builtinModel(source);
  if (builtin) return { ...model, ...roleOf(model, [builtin.role], source) };
  // One that the catalogue has is the same by its file's name.
  const listed = catalogue.find((entry) => source === hubSource(entry));
  if (!listed && !source.startsWith(prefix)) return model;
  const name = listed?.name ?? source.slice(prefix.length);
  const names = catalogue.map((entry) => entry.name);
  assertKnown('RECIPE_INVALID', `model ${model.name}: ${prefix}`, name, names, 'ingot model list');
  const found = catalogue.find((entry) => entry.name === name)!;
  const { roles, ramGiB, revision, sha256 } = found;
  if (ramGiB * 1024 > machine.memoryMiB)
    throw new IngotError(
      'RECIPE_INVALID',
      `model ${model.name}: ${name} is for machines with ${ramGiB} GiB of memory or more, and the recipe's has ${machine.memoryMiB} MiB`,
      {
        hint: `raise machine.memoryMiB, give --memory ${ramGiB}GiB, or take a smaller one: ingot model list --ram ${Math.floor(machine.memoryMiB / 1024)}`,
      },
    );
  return {
    ...model,
    source: hubSource(found),
    ...roleOf(model, roles, name),
    ...(revision ? { revision } : {}),
    ...(sha256 ? { sha256 } : {}),
  };
}

function hubSource({ repository: of, file }: CatalogueModel): string {
  return `hub:${of}/${file}`;
}

/** The role that is asked for, else what the model is best for; `chat` needs no word. */
function roleOf({ name, role }: ModelUse, roles: ModelRole[], what: string): { role?: ModelRole } {
  const chats = roles.some((one) => one === 'chat' || one === 'code');
  const right = role === undefined || roles.includes(role) || (chats && (role === 'chat' || role === 'code'));
  if (!right)
    throw new IngotError(
      'RECIPE_INVALID',
      `model ${name} has the role ${role}, and ${what} is for ${roles.join(' and ')}`,
      { hint: `give it the role ${roles[0]}, or take another model: ingot model list --role ${role}` },
    );
  const decided = role ?? roles[0]!;
  return decided === 'chat' && role === undefined ? {} : { role: decided };
}

function assertFirst(model: ModelUse): ModelUse {
  const part = partOfSource(model.source);
  if (!part || (part.number === 1 && part.count > 1 && part.count < 1000)) return model;
  throw new IngotError(
    'RECIPE_INVALID',
    `model ${model.name}: ${model.source} is part ${part.number} of ${part.count}, and a model in parts is named by its first`,
    { hint: 'name the file that ends with -00001-of- and their number' },
  );
}
