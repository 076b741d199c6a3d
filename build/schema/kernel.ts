import { distroOfBase } from '../model/distro.ts';
import { kernelBases } from '../model/kernel.ts';
import { object } from './object.ts';
import { name, packages, sha256 } from './packages.ts';

const names = { type: 'array', items: name };
const version = { type: 'string', pattern: '^\\d+\\.\\d+$' };

/** A recipe's kernel. */
export const kernel = object(
  {
    version,
    base: { enum: [...kernelBases] },
    profile: name,
    fragments: { ...names, uniqueItems: true },
    lines: { type: 'array', items: { type: 'string' } },
  },
  ['profile', 'lines'],
);

const texts = { type: 'object', additionalProperties: { type: 'string' } };
const strings = { type: 'array', items: { type: 'string' } };
const hex = { type: 'string', pattern: '^0x[0-9a-f]+$' };

/** What `ingot kernel profile` prints. */
export const profileSchema = object({
  schema: { const: 1 },
  arch: { type: 'string' },
  modules: { type: 'array', items: { type: 'string', pattern: '^\\w+$' } },
  pci: {
    type: 'array',
    items: object({ vendor: hex, device: hex, class: hex, driver: { type: 'string' } }, ['driver']),
  },
  processor: texts,
  flags: strings,
  firmware: texts,
});

/** Version of the form of kernel/sources.lock.json. */
export const kernelLockVersion = 1;

export const kernelLockSchema = object({
  schema: { const: kernelLockVersion },
  sources: {
    type: 'array',
    items: object({
      version,
      base: { enum: Object.keys(distroOfBase) },
      release: object({ date: { type: 'string' }, sha256 }),
      sourceDateEpoch: { type: 'integer', minimum: 1 },
      asked: names,
      packages,
      tools: packages,
    }),
  },
});
