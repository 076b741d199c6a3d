import { modelRoles } from '../model/models.ts';
import { object } from './object.ts';

/** Of models in recipes, in locks and in the catalogue. */

const name = { type: 'string', format: 'model-name' };
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const size = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const revision = { type: 'string', pattern: '^[A-Za-z0-9._-]+$' };
const role = { enum: [...modelRoles] };
const source = { type: 'string', minLength: 1 };

export const modelUses = { type: 'array', items: object({ name, source, role, sha256 }, ['role', 'sha256']) };

export const lockedModels = {
  type: 'array',
  items: object({ name, source, role, revision, size, sha256 }, ['role', 'revision']),
};

/** recipes/models.json: what is not known of a model is left out, never guessed. */
export const catalogueSchema = {
  type: 'array',
  items: object(
    {
      name,
      roles: { type: 'array', items: role, minItems: 1, uniqueItems: true },
      repository: { type: 'string', pattern: '^[\\w.-]+/[\\w.-]+$' },
      file: { type: 'string', pattern: '^(?!.*\\.\\.)[\\w.-]+(/[\\w.-]+)*\\.gguf$' },
      revision: { type: 'string', pattern: '^[0-9a-f]{40}$' },
      licence: { type: 'string', minLength: 1 },
      ramGiB: { type: 'integer', minimum: 1, maximum: 4096 },
      gigabytes: { type: 'number', exclusiveMinimum: 0 },
      sha256,
    },
    ['revision', 'gigabytes', 'sha256'],
  ),
};
