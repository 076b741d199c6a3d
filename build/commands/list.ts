import { importDefault, moduleNames } from '../host/fs/drawers.ts';
import type { Feature } from '../model/define.ts';
import type { Target } from '../model/target.ts';
import type { Recipe } from '../model/types.ts';
import { recipeNames, targetNames } from '../project/inputs.ts';
import type { Verb } from './_verb.ts';

export interface Catalogue {
  recipes: Recipe[];
  targets: Target[];
  features: Feature['definition'][];
}

/** Everything that can be named on the command line or in a recipe. */
export async function catalogue(): Promise<Catalogue> {
  const all = <T>(folder: string, names: string[]) =>
    Promise.all(names.map((name) => importDefault<T>(folder, name)));
  const features = await all<Feature>('recipes/features', await moduleNames('recipes/features'));
  return {
    recipes: await all<Recipe>('recipes', await recipeNames()),
    targets: await all<Target>('build/targets', await targetNames()),
    features: features.map((feature) => feature.definition),
  };
}

export const verb: Verb = {
  name: 'list',
  summary: 'lists recipes, targets and features',
  arguments: [],
  options: [],
  examples: ['ingot list', 'ingot list --json'],
  async run() {
    const found = await catalogue();
    const section = (title: string, rows: { name: string; summary: string }[]) =>
      [title, ...rows.map((row) => `  ${row.name.padEnd(16)} ${row.summary}`)].join('\n');
    const text = [
      section('recipes', found.recipes),
      section('targets', found.targets),
      section('features', found.features),
    ].join('\n\n');
    return { text, json: found };
  },
};
