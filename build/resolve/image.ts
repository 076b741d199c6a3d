import { IngotError, shortList } from '../model/errors.ts';
import type { Image } from '../model/image.ts';
import type { Lock, LockedModel, PackageSet } from '../model/lock.ts';
import type { Recipe } from '../model/types.ts';
import { componentsOf } from './components.ts';
import { sizeProblems } from './disk-checks.ts';
import type { Draft } from './draft.ts';
import { memoryProblems } from './memory.ts';
import { renderOverlay } from './overlay.ts';

/**
 * Joins a draft with its lock; a lock that answers another question is refused and the difference named.
 * `lockAgain` is the command that writes it anew.
 */
export function resolveImage(draft: Draft, lock: Lock, tools: string[], lockAgain?: string): Image {
  const { recipe } = draft;
  const drafts = draft.installed ? [draft, draft.installed] : [draft];
  const stale = differences(drafts, lock, tools);
  if (stale.length)
    throw new IngotError(
      'LOCK_STALE',
      `the lock of ${recipe.name} is stale: ${shortList(stale, { separator: '; ' })}`,
      {
        hint: lockAgain ?? `ingot lock ${recipe.name}`,
      },
    );
  const image = imageOf(draft, lock);
  const wrong = sizeProblems(draft.disk, image.lock);
  if (wrong.length)
    throw new IngotError('RECIPE_INVALID', `recipe ${recipe.name}: ${wrong.join('; ')}`, {
      hint: `change disk in recipes/${recipe.name}.ts, or give --disk-size`,
    });
  const unfit = memoryProblems(image);
  if (unfit.length)
    throw new IngotError('RECIPE_INVALID', `recipe ${recipe.name}: ${unfit.join('; ')}`, {
      hint: `raise machine.memoryMiB in recipes/${recipe.name}.ts, give --memory, or name a smaller model`,
    });
  return image;
}

/** The image of a draft and a lock that answers it. */
export function imageOf(draft: Draft, lock: Lock): Image {
  const version = lock.release.date.slice(0, 10).replaceAll('-', '');
  const own = narrowLock(lock, draft.target.name);
  const models = modelsOf(draft.recipe, lock);
  return {
    ...draft,
    version,
    lock: { ...own, models },
    overlay: renderOverlay({ ...draft, version }),
    installed: draft.installed && imageOf(draft.installed, lock),
  };
}

/** The locked models in the recipe's order, each with the role that it has there. */
function modelsOf({ models }: Recipe, lock: Lock): LockedModel[] {
  return models.flatMap(({ name, role }) =>
    lock.models
      .filter((model) => model.name === name)
      .map((model) => ({ ...model, ...(role ? { role } : {}) })),
  );
}

/** The lock with the packages of one target alone. */
export function narrowLock(lock: Lock, target: string): Lock {
  const set = setOf(lock, target);
  const names = new Set(set?.packages);
  return {
    ...lock,
    sets: set ? [{ ...set, targets: [target] }] : [],
    packages: lock.packages.filter(({ name }) => names.has(name)),
  };
}

/** Drafts that ask for the same packages, under the names of their targets. */
export function setsOf(drafts: Draft[]): Omit<PackageSet, 'packages'>[] {
  const sets = new Map<string, Omit<PackageSet, 'packages'>>();
  for (const { packages: asked, target } of drafts) {
    const key = asked.join(' ');
    const set = sets.get(key) ?? { targets: [], asked };
    set.targets.push(target.name);
    sets.set(key, set);
  }
  return [...sets.values()];
}

/** What recipe and targets ask for that the lock does not answer, or the other way round. */
export function differences(drafts: Draft[], lock: Lock, tools: string[]): string[] {
  const compare = (what: string, now: string[], then: string[]) => {
    const added = now.filter((name) => !then.includes(name));
    const removed = then.filter((name) => !now.includes(name));
    return [...added.map((n) => `${what} ${n} was added`), ...removed.map((n) => `${what} ${n} was removed`)];
  };
  const asModel = (m: { name: string; source: string }) => `${m.name} (${m.source})`;
  const { recipe } = drafts[0]!;
  const packages = drafts.flatMap(({ packages: asked, target }) => {
    const set = setOf(lock, target.name);
    return set ? compare('package', asked, set.asked) : [`target ${target.name} was added`];
  });
  return [
    ...(lock.recipe === recipe.name ? [] : [`it is for recipe ${lock.recipe}`]),
    ...(lock.base === recipe.base ? [] : [`it is for base ${lock.base}`]),
    ...compare('component', drafts[0]!.components, componentsOf(recipe.base, lock)),
    ...new Set(packages),
    ...compare('tool', tools, lock.asked.tools),
    ...compare('model', recipe.models.map(asModel), lock.models.map(asModel)),
    ...recipe.models.flatMap(({ name, sha256 }) => {
      const locked = sha256 && lock.models.find((model) => model.name === name);
      return locked && locked.sha256 !== sha256 ? [`model ${name} is to have sha256 ${sha256}`] : [];
    }),
  ];
}

function setOf(lock: Lock, target: string): PackageSet | undefined {
  return lock.sets.find(({ targets }) => targets.includes(target));
}
