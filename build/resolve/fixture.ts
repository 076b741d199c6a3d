import { defineFeature } from '../model/define.ts';
import type { Target } from '../model/target.ts';
import type { FeatureEffect, FeatureUse, OverlayFile, Recipe } from '../model/types.ts';
import { validRecipe } from '../schema/fixture.ts';
import type { Drawers, PackageList } from './draft.ts';

/** Test input: a feature and its drawers, with an option `level` from 1 to 9. */
export function drawersOf(
  name: string,
  effect: FeatureEffect = {},
  rest: { packages?: PackageList; overlay?: string[] } = {},
): { [feature: string]: Drawers } {
  const level = { description: 'x', type: 'integer' as const, default: 5, minimum: 1, maximum: 9 };
  const feature = defineFeature({
    name,
    summary: name,
    requirements: [],
    options: { level },
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
  backend: 'live-build',
  compression: 'zstd',
  kernelCommandLine: [],
  features: [],
  omits: [],
};

function fileAt(path: string): OverlayFile {
  return { path, mode: 0o644, uid: 0, gid: 0, kind: 'file', content: '', template: false };
}
