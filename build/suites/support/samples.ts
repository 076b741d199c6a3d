import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repository } from '../../host/fs/files.ts';

const here = 'build/suites/support';

/** Recipes that nobody needs but the suites. */
export const sampleRecipes = namesIn('recipes', '.ts');

/**
 * Writes the sample recipes, and the features in the drawers beside them, into a checkout as if somebody had
 * added them: no other file of it changes.
 */
export function addSamples(checkout: string): void {
  const write = (path: string, text: string) => writeFileSync(join(checkout, path), text);
  const reexport = (path: string) => `export { default } from '${path}';\n`;
  for (const name of sampleRecipes) write(`recipes/${name}.ts`, reexport(`../${here}/recipes/${name}.ts`));
  for (const name of namesIn('drawers/features', '.ts'))
    write(`recipes/features/${name}.ts`, reexport(`../../${here}/drawers/features/${name}.ts`));
  for (const name of namesIn('drawers/qemu-tests', '.check.ts'))
    write(`qemu-tests/${name}.test.ts`, `import '../${here}/drawers/qemu-tests/${name}.check.ts';\n`);
  cpSync(join(repository, here, 'drawers/packages-lists'), join(checkout, 'packages-lists'), {
    recursive: true,
  });
}

function namesIn(folder: string, suffix: string): string[] {
  return readdirSync(join(repository, here, folder)).map((name) => basename(name, suffix));
}
