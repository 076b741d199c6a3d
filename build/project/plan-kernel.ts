import { isMet, type KernelReport, unmetSentences } from '../kernel/report.ts';
import { IngotError, shortList } from '../model/errors.ts';
import type { Image } from '../model/image.ts';
import type { KernelBase } from '../model/kernel.ts';
import { type CheckPlace, checkKernel, type KernelCheck, lacksFor } from './check-kernel.ts';
import { recipeFragments } from './fragments.ts';
import { readKernelSources, sourceOf } from './kernel-sources.ts';
import { profileModules } from './profiles.ts';

/** What a plan says of a recipe's own kernel. */
export interface PlannedKernel {
  version: string;
  base: KernelBase;
  fragments: string[];
  /** Lines that were seen to hold; absent where they were not checked. */
  met?: number;
  /** Why the lines were not checked against Kconfig. */
  notChecked?: string;
}

/**
 * Checks the kernel of a recipe as far as that fetches nothing and makes nothing large; throws FRAGMENT_UNMET
 * when a line or a word does not hold.
 */
export async function planKernel(images: Image[], place: CheckPlace): Promise<PlannedKernel | undefined> {
  const check = await checkOf(images);
  if (!check) return undefined;
  const { version, base, fragments } = images[0]!.recipe.kernel!;
  const notChecked = await lacksFor(check, place.store);
  if (notChecked) return { version, base, fragments, notChecked };
  const { verdicts } = await proveKernel(check, place);
  return { version, base, fragments, met: verdicts.length };
}

/** The same before a build, which makes what a check needs; does nothing for a recipe without a kernel. */
export async function requireKernel(images: Image[], place: CheckPlace): Promise<void> {
  const check = await checkOf(images);
  if (check) await proveKernel(check, place);
}

async function checkOf(images: Image[]): Promise<KernelCheck | undefined> {
  const { recipe } = images[0]!;
  const { name, kernel } = recipe;
  if (!kernel) return undefined;
  const { version, base } = kernel;
  const source = sourceOf(version, await readKernelSources(), {
    by: `recipe ${name}`,
    code: 'RECIPE_INVALID',
  });
  return {
    what: `recipe ${name}`,
    source,
    base,
    modules: await profileModules(recipe),
    fragments: await recipeFragments(recipe),
    words: [...new Set(images.flatMap(({ commandLine }) => commandLine))].sort(),
    forImage: true,
  };
}

async function proveKernel(check: KernelCheck, place: CheckPlace): Promise<KernelReport> {
  const report = await checkKernel(check, place);
  if (isMet(report)) return report;
  const { what } = check;
  throw new IngotError(
    'FRAGMENT_UNMET',
    `${what}: ${shortList(unmetSentences(report), { separator: '; ' })}`,
    { hint: `ingot kernel check ${what.replace('recipe ', '')}` },
  );
}

/** For people. */
export function kernelLine({ version, base, fragments, met, notChecked }: PlannedKernel): string {
  const said = notChecked
    ? `lines not checked, as ${notChecked}: run ingot kernel check`
    : `${met} lines, all met`;
  return `${version} from ${base}, ${fragments.join(', ') || 'no fragments'}: ${said}`;
}
