import { allBackends } from '../backends/find.ts';
import { defineFeature } from '../model/define.ts';
import { distroNames, programRoles } from '../model/distro.ts';
import type { FeatureEffect } from '../model/effect.ts';
import type { OverlayFile } from '../model/image.ts';
import type { Target } from '../model/target.ts';
import { type FeatureUse, type Recipe, type StageType, stageTypes } from '../model/types.ts';
import { validRecipe } from '../schema/fixture.ts';
import type { Drawers, PackageList } from './draft.ts';
import type { StageCode } from './stage.ts';

/** Test input: a feature and its drawers, with an option `level` from 1 to 9. */
export function drawersOf(
  name: string,
  effect: FeatureEffect = {},
  rest: { packages?: PackageList; overlay?: string[]; early?: string[] } = {},
): { [feature: string]: Drawers } {
  const level = { description: 'x', type: 'integer' as const, default: 5, minimum: 1, maximum: 9 };
  const feature = defineFeature({
    name,
    summary: name,
    requirements: [],
    options: { level },
    early: rest.early,
    effect: (options) => ({ ...effect, values: { level: Number(options.level) } }),
  });
  return { [name]: { feature, packages: rest.packages, overlay: (rest.overlay ?? []).map(fileAt) } };
}

/** Test input: a recipe of these features, each by its name or with options. */
export function recipeOf(uses: (string | FeatureUse)[], changes: Partial<Recipe> = {}): Recipe {
  const features = uses.map((use) => (typeof use === 'string' ? { name: use, options: {} } : use));
  return { ...validRecipe(), features, ...changes };
}

/** Test input: a target that adds nothing. */
export const plainTarget: Target = {
  name: 'iso',
  summary: 'for tests',
  platform: 'metal',
  format: 'iso',
  extension: 'iso',
  firmware: ['bios', 'uefi'],
  controllers: ['usb', 'cdrom'],
  medium: 'iso',
  compression: 'zstd',
  kernelCommandLine: [],
  features: [],
  omits: [],
};

function fileAt(path: string): OverlayFile {
  return { path, mode: 0o644, uid: 0, gid: 0, kind: 'file', content: '', template: false };
}

/** Test input: what stages run, each named by a text in place of its code. */
export function codeOf(text: (what: string) => string): StageCode {
  const program = (name: string) => ({ run: `${name}.sh`, files: { [`${name}.sh`]: text(name) } });
  return {
    ...(Object.fromEntries(stageTypes.map((type) => [type, text(type)])) as { [type in StageType]: string }),
    distros: Object.fromEntries(
      distroNames.map((distro) => [
        distro,
        {
          ...Object.fromEntries(programRoles.map((role) => [role, program(role)])),
          checks: text('checks'),
        },
      ]),
    ) as StageCode['distros'],
    backends: Object.fromEntries(allBackends.map(({ name }) => [name, program(name)])),
  };
}
