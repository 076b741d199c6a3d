import { fileSystems, partitionRoles } from '../model/disk.ts';
import { distroNames, distroOfBase } from '../model/distro.ts';
import { compressions, controllers, formats, media, platforms } from '../model/target.ts';
import { hardware } from './hardware.ts';
import { kernel } from './kernel.ts';
import { lockedModels, modelUses } from './models.ts';
import { object } from './object.ts';
import { name, packages, sha256, size } from './packages.ts';

/** JSON schemas of everything a person or another program may hand to Ingot. */

const uses = { type: 'array', items: object({ name, options: { type: 'object' } }) };
const ratio = { type: 'number', exclusiveMinimum: 0 };
const machine = object({
  // An OVA asks for it, and VMware starts no machine of another.
  memoryMiB: { type: 'integer', minimum: 512, maximum: 2 ** 24, multipleOf: 4 },
  cpus: { type: 'integer', minimum: 1, maximum: 4096 },
});
const smoke = object(
  {
    throughputRatio: object({ kvm: ratio, tcg: ratio }),
    floors: {
      type: 'array',
      items: object({ cpu: { type: 'string' }, generationTokensPerSecond: ratio }),
    },
  },
  ['floors'],
);
const names = { type: 'array', items: name };

const mebibytes = { type: 'integer', minimum: 1, maximum: 2 ** 26 };
const partition = object(
  {
    name: { type: 'string', format: 'partition-name' },
    role: { enum: [...partitionRoles] },
    fileSystem: { enum: [...fileSystems] },
    sizeMiB: mebibytes,
    startMiB: mebibytes,
    mount: { type: 'string', pattern: '^/([a-zA-Z0-9._-]+(/[a-zA-Z0-9._-]+)*)?$' },
    options: { type: 'array', items: { type: 'string', pattern: '^[a-zA-Z0-9._=:/-]+$' } },
  },
  ['fileSystem', 'sizeMiB', 'startMiB', 'mount', 'options'],
);
const firmware = { type: 'array', items: { enum: ['bios', 'uefi'] }, minItems: 1, uniqueItems: true };

export const recipeSchema = object(
  {
    name: { type: 'string', format: 'recipe-name' },
    summary: { type: 'string', format: 'one-line' },
    base: { enum: Object.keys(distroOfBase) },
    components: names,
    features: uses,
    models: modelUses,
    machine,
    hardware,
    kernel,
    smoke,
    disk: object({ sizeMiB: mebibytes, partitions: { type: 'array', items: partition, minItems: 1 } }),
    boot: object({
      firmware,
      timeoutSeconds: { type: 'integer', minimum: 0, maximum: 3600 },
      tries: { type: 'integer', minimum: 1, maximum: 99 },
    }),
    lockMaxAgeDays: { type: 'integer', minimum: 1 },
  },
  ['components', 'hardware', 'kernel'],
);

const namesOfDistros = Object.fromEntries(distroNames.map((distro) => [distro, names]));

/**
 * Names per distribution; `components` are parts of the archive that they come from, `missing` lists, per
 * base, what that base is known to lack.
 */
export const packageListSchema = object(
  { ...namesOfDistros, components: names, missing: { type: 'object', additionalProperties: names } },
  [...distroNames, 'components', 'missing'],
);

/** Modes and owners that git cannot carry, by path. */
export const ownersSchema = {
  type: 'object',
  additionalProperties: object(
    { mode: { type: 'string', pattern: '^0[0-7]{3}$' }, uid: { type: 'integer' }, gid: { type: 'integer' } },
    ['mode', 'uid', 'gid'],
  ),
};

/** Version of the lock's form. */
export const lockVersion = 3;

export const lockSchema = object(
  {
    schema: { const: lockVersion },
    ingot: { type: 'string' },
    recipe: name,
    base: { type: 'string' },
    components: names,
    // The date names the finished file.
    release: object({
      date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z$' },
      sha256,
      keyring: sha256,
    }),
    // What a squashfs can hold.
    sourceDateEpoch: { type: 'integer', minimum: 1, maximum: 2 ** 32 - 1 },
    asked: object({ tools: names }),
    sets: { type: 'array', items: object({ targets: names, asked: names, packages: names }) },
    models: lockedModels,
    packages,
    tools: packages,
  },
  ['components'],
);

export const targetSchema = object(
  {
    name,
    summary: { type: 'string' },
    platform: { enum: [...platforms] },
    format: { enum: [...formats] },
    compression: { enum: [...compressions] },
    extension: { type: 'string', pattern: '^[a-z0-9.]+$' },
    firmware,
    controllers: { type: 'array', items: { enum: [...controllers] }, minItems: 1 },
    medium: { enum: [...media] },
    kernelCommandLine: { type: 'array', items: { type: 'string', format: 'kernel-word' } },
    features: uses,
    rootFileSystem: { enum: ['xfs', 'ext4'] },
    installs: name,
    omits: names,
  },
  ['rootFileSystem', 'installs'],
);

const values = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } };
const strings = { type: 'array', items: { type: 'string' } };
const recordedFeature = object(
  {
    name,
    options: { type: 'object' },
    values,
    listeners: strings,
    everyStart: { type: 'boolean' },
    metadata: object({ sources: strings, user: { type: 'string' } }),
  },
  ['metadata'],
);

/** Version of a record's form. */
export const recordVersion = 3;

export const recordSchema = object(
  {
    schema: { const: recordVersion },
    file: { type: 'string', pattern: '^\\w[\\w.+~-]*$' },
    sha256,
    size,
    manifest: sha256,
    recipe: name,
    base: name,
    target: name,
    version: { type: 'string' },
    arch: { const: 'x86_64' },
    platform: { enum: [...platforms] },
    format: { enum: [...formats] },
    compression: { enum: [...compressions] },
    firmware,
    controllers: { type: 'array', items: { enum: [...controllers] }, minItems: 1 },
    features: { type: 'array', items: recordedFeature },
    commandLine: strings,
    kernel: object({ release: { type: 'string' }, lines: strings }),
    models: lockedModels,
    machine,
    smoke,
    toolsStage: sha256,
    modelsStage: sha256,
  },
  ['commandLine', 'kernel'],
);
