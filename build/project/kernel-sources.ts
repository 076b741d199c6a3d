import { join } from 'node:path';
import { readYaml } from '../host/fs/drawers.ts';
import { readText, repository } from '../host/fs/files.ts';
import { distroOfBase } from '../model/distro.ts';
import { type ErrorCode, IngotError, within } from '../model/errors.ts';
import type { KernelLock, KernelSource } from '../model/kernel.ts';
import { kernelLockSchema } from '../schema/kernel.ts';
import { parseJson, validate } from '../schema/validate.ts';

export const kernelLockPath = join(repository, 'kernel/sources.lock.json');

/** Versions that kernel/sources.yaml names, and the base whose archive has each. */
export async function wantedKernels(): Promise<{ [version: string]: string }> {
  const path = 'kernel/sources.yaml';
  const base = { enum: Object.keys(distroOfBase) };
  const schema = {
    type: 'object',
    patternProperties: { '^\\d+\\.\\d+$': base },
    additionalProperties: false,
  };
  return validate(schema, (await readYaml(path)) ?? {}, path);
}

/** Every locked kernel, in the order of the lock. */
export async function readKernelSources(): Promise<KernelSource[]> {
  const what = 'kernel/sources.lock.json';
  const text = await readText(kernelLockPath).catch((error) => {
    throw within(what, error);
  });
  return validate<KernelLock>(kernelLockSchema, parseJson(text, what), what).sources;
}

/** The locked source of a version; throws with the name of what asks for it when there is none. */
export function sourceOf(
  version: string,
  sources: KernelSource[],
  { by, code }: { by: string; code: ErrorCode },
): KernelSource {
  const found = sources.find((source) => source.version === version);
  if (found) return found;
  const known = sources.map((source) => source.version).join(', ');
  throw new IngotError(code, `${by}: kernel ${version} is not locked, only ${known}`, {
    hint: `take one of these, or add '${version}' to kernel/sources.yaml and run ingot kernel lock`,
  });
}
