import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repository } from '../../host/fs/files.ts';
import { openStore } from '../../host/store/store.ts';
import { copyCheckout } from '../../testdata/checkout.ts';
import { startIngot } from '../../testdata/ingot.ts';

const here = 'build/suites/support';

/** The one that takes an hour, which has a suite of its own. */
export const kernelRecipe = 'own-kernel';

const allRecipes = namesIn('recipes', '.ts');

/** Recipes that nobody needs but the suites. */
export const sampleRecipes = allRecipes.filter((name) => name !== kernelRecipe);

/**
 * Writes the sample recipes, and the features in the drawers beside them, into a checkout as if somebody had
 * added them: no other file of it changes.
 */
export function addSamples(checkout: string): void {
  const write = (path: string, text: string) => writeFileSync(join(checkout, path), text);
  const reexport = (path: string) => `export { default } from '${path}';\n`;
  for (const name of allRecipes) write(`recipes/${name}.ts`, reexport(`../${here}/recipes/${name}.ts`));
  for (const name of namesIn('drawers/features', '.ts'))
    write(`recipes/features/${name}.ts`, reexport(`../../${here}/drawers/features/${name}.ts`));
  for (const name of namesIn('drawers/qemu-tests', '.check.ts'))
    write(`qemu-tests/${name}.test.ts`, `import '../${here}/drawers/qemu-tests/${name}.check.ts';\n`);
  cpSync(join(repository, here, 'drawers/packages-lists'), join(checkout, 'packages-lists'), {
    recursive: true,
  });
}

/** A checkout that has the samples, in a folder of its own, where they are locked and built. */
export class SampleImages {
  readonly #folder: string;
  readonly #checkout: string;

  private constructor(folder: string, checkout: string) {
    this.#folder = folder;
    this.#checkout = checkout;
  }

  static async prepare(): Promise<SampleImages> {
    const folder = mkdtempSync(join((await openStore()).folder, 'samples-'));
    const checkout = copyCheckout(join(folder, 'checkout'));
    addSamples(checkout);
    return new SampleImages(folder, checkout);
  }

  /** Locks a sample, builds it for a target, and returns the path of the image. */
  async build(recipe: string, target: string): Promise<string> {
    const lock = ['--lock', join(this.#folder, `${recipe}.lock.json`)];
    await this.succeed(['lock', recipe, ...lock]);
    const out = ['--out', join(this.#folder, 'out')];
    const built = await this.succeed(['build', recipe, '--target', target, ...lock, ...out]);
    return (JSON.parse(built) as [{ path: string }])[0].path;
  }

  /** What a command prints when it succeeds. */
  async succeed(args: string[]): Promise<string> {
    const ended = await startIngot(args, {}, { checkout: this.#checkout }).ended;
    if (ended.status !== 0) throw new Error(`${args[0]} ended with ${ended.status}: ${ended.stderr}`);
    return ended.stdout;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function namesIn(folder: string, suffix: string): string[] {
  return readdirSync(join(repository, here, folder)).map((name) => basename(name, suffix));
}
