import { formatBytes } from '../formats/text/size.ts';
import { exists } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import { makeLock } from '../locking/make-lock.ts';
import { relockModels } from '../locking/relock-models.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedPackage } from '../model/lock.ts';
import {
  lockPath,
  type Overrides,
  readDrafts,
  readLock,
  readRecipe,
  toolPackages,
  writeLock,
} from '../project/inputs.ts';
import { refusedByAll } from '../project/refusals.ts';
import { type SourceOptions, sourcesFrom } from '../project/sources.ts';
import { differences } from '../resolve/image.ts';
import { buildTools, requireHost } from './_host.ts';
import { fetchOptions, recipeOptions, type Verb } from './_verb.ts';

/** A package that a new lock moved; a version or size is absent where the package is new or gone. */
export interface Move {
  name: string;
  from?: string;
  to?: string;
  /** Bytes of the package files. */
  sizes: [before: number, after: number];
}

export interface LockChanges {
  path: string;
  written: boolean;
  packages: number;
  moved: Move[];
  /** What is said of each local model that was locked again. */
  models: string[];
}

/**
 * Writes the lock of a recipe when it has none, when it is stale, or when `update` is asked for. Targets that
 * refuse the recipe are left out, and told; building one of them says the same.
 */
export async function lock(
  name: string,
  options: Overrides & SourceOptions & { update?: boolean; timestamp?: string },
  progress: Progress,
): Promise<LockChanges> {
  const sources = await sourcesFrom(options);
  const recipe = await readRecipe(name, options);
  const { drafts, refusals } = await readDrafts(recipe);
  if (!drafts.length) throw refusedByAll(name, refusals);
  for (const { target, error } of refusals)
    progress.note(`the lock leaves out target ${target}: ${error.message}`);
  const tools = await toolPackages(recipe.base);
  const path = lockPath(recipe, options);
  const before = await readBefore(path, options.update);
  if (before && !options.update && !differences(drafts, before, tools).length) {
    const { lock: now, changes } = await relockModels(before, progress);
    const written = changes.length > 0;
    if (written) await writeLock(path, now);
    return { path, written, packages: before.packages.length, moved: [], models: changes };
  }
  const { timestamp } = options;
  if (timestamp !== undefined && !/^\d{8}T\d{6}Z$/.test(timestamp))
    throw new IngotError('USAGE', `--timestamp ${timestamp} is not a moment as snapshot services write it`, {
      hint: '--timestamp 20261030T080801Z',
    });
  const store = await requireHost(buildTools);
  const written = await makeLock({
    drafts,
    tools,
    store,
    progress,
    sources,
    timestamp,
  });
  await writeLock(path, written);
  return {
    path,
    written: true,
    packages: written.packages.length,
    moved: before ? movedBetween(before, written) : [],
    models: [],
  };
}

/** The lock to compare with; one that cannot be read is no obstacle to writing it anew. */
async function readBefore(path: string, update = false): Promise<Lock | undefined> {
  if (!(await exists(path))) return undefined;
  return readLock(path).catch((error: IngotError) => {
    if (update && error.code === 'INPUT_INVALID') return undefined;
    throw error;
  });
}

/**
 * Packages of the image and of the tools whose version is another one, by name; one that is in both is named
 * once.
 */
export function movedBetween(before: Lock, after: Lock): Move[] {
  const byName = (lock: Lock) =>
    new Map([...lock.tools, ...lock.packages].map((p): [string, LockedPackage] => [p.name, p]));
  const [then, now] = [byName(before), byName(after)];
  return [...new Set([...then.keys(), ...now.keys()])]
    .sort()
    .filter((name) => then.get(name)?.version !== now.get(name)?.version)
    .map((name) => ({
      name,
      from: then.get(name)?.version,
      to: now.get(name)?.version,
      sizes: [then.get(name)?.size ?? 0, now.get(name)?.size ?? 0],
    }));
}

function describe({ name, from, to, sizes: [before, after] }: Move): string {
  const change = after - before;
  const size = `${change < 0 ? '-' : '+'}${formatBytes(Math.abs(change))}`;
  return `${name} ${from ?? '(new)'} -> ${to ?? '(gone)'} (${size})`;
}

export const verb: Verb = {
  name: 'lock',
  summary: 'writes the lock: pins packages, models and tools',
  arguments: [['<recipe>', 'name of a recipe']],
  options: [
    ...recipeOptions,
    ...fetchOptions,
    {
      flags: '--timestamp <moment>',
      description: 'snapshot to lock from, as 20261030T080801Z, for a mirror with {timestamp} in its URL',
    },
    { flags: '--update', description: 'look for newer packages even if the recipe is unchanged' },
  ],
  examples: ['ingot lock nanite-server', 'ingot lock nanite-server --update'],
  async run([recipe], options, progress) {
    const result = await lock(recipe!, options, progress);
    const says = result.written ? `wrote ${result.path}` : `${result.path} is current`;
    return {
      text: [...result.models, ...result.moved.map(describe), `${says}: ${result.packages} packages`].join(
        '\n',
      ),
      json: result,
    };
  },
};
