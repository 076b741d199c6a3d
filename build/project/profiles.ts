import { basename, join } from 'node:path';
import { listFiles, readText, repository } from '../host/fs/files.ts';
import type { HardwareProfile } from '../kernel/profile.ts';
import { IngotError, within } from '../model/errors.ts';
import type { Recipe } from '../model/types.ts';
import { profileSchema } from '../schema/kernel.ts';
import { parseJson, validate } from '../schema/validate.ts';
import { assertKnown } from './known.ts';

const folder = join(repository, 'kernel/profiles');
const arch = 'x86_64';

/** The modules that the machine of a recipe's profile uses; undefined where its kernel is for any machine. */
export async function profileModules({ name, kernel }: Recipe): Promise<string[] | undefined> {
  if (!kernel?.profile) return undefined;
  const { profile, base } = kernel;
  if (base === 'defconfig')
    throw new IngotError('RECIPE_INVALID', `recipe ${name}: kernel.profile ${profile} with base defconfig`, {
      hint: 'a profile leaves out modules, and defconfig has hardly any: take the base amd64',
    });
  const known = (await listFiles(folder)).map((file) => basename(file, '.json'));
  assertKnown('INPUT_INVALID', 'hardware profile', profile, known, 'docs/kernels.md');
  const file = `kernel/profiles/${profile}.json`;
  const text = await readText(join(repository, file)).catch((error) => {
    throw within(`recipe ${name}`, error);
  });
  return readProfile(text, file).modules;
}

/** Refuses what is no profile, and one of a machine that the kernel would not run on. */
export function readProfile(text: string, file: string): HardwareProfile {
  const profile = validate<HardwareProfile>(profileSchema, parseJson(text, file), file);
  if (profile.arch !== arch)
    throw new IngotError(
      'INPUT_INVALID',
      `${file} is of a machine of ${profile.arch}, and kernels are for ${arch}`,
      {
        hint: `run ingot kernel profile on a machine of ${arch}`,
      },
    );
  if (!profile.modules.length)
    throw new IngotError('INPUT_INVALID', `${file} names no module in use`, {
      hint: "run ingot kernel profile while the machine runs its distribution's kernel",
    });
  return profile;
}
