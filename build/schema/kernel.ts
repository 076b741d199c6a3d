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
    fragments: { ...names, uniqueItems: true },
    lines: { type: 'array', items: { type: 'string' } },
  },
  ['lines'],
);

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
