import { run } from '../host/command.ts';
import { exists } from '../host/files.ts';
import type { Progress } from '../host/progress.ts';
import { runInside } from '../host/sandbox.ts';
import { makeScratch, openStore, type Store, withTemporary } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedModel, LockedPackage, Recipe } from '../model/types.ts';
import { type Draft, differences } from '../resolve/image.ts';
import { toolsStages } from '../resolve/stage.ts';
import { executeStage } from '../stages/execute.ts';
import { pinModel } from '../stages/obtain-model.ts';
import { buildTools, requireRoot, requireTools } from './_host.ts';
import {
  lockPath,
  type Overrides,
  readDraft,
  readLock,
  readRecipe,
  readTarget,
  toolPackages,
  writeLock,
} from './_inputs.ts';
import { debianMirror } from './_mirror.ts';
import { resolvePackages } from './_resolve-packages.ts';
import { readStageCode } from './_stage-code.ts';
import { recipeOptions, type Verb } from './_verb.ts';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** What a lock changed: added, removed and moved packages, by name. */
export interface LockChanges {
  path: string;
  written: boolean;
  packages: number;
  changes: string[];
}

/** Writes the lock of a recipe when it has none, when it is stale, or when `update` is asked for. */
export async function lock(
  name: string,
  options: Overrides & { update?: boolean },
  progress: Progress,
): Promise<LockChanges> {
  const recipe = await readRecipe(name, options);
  // Every target adds its own features; one lock answers for the default target.
  const draft = await readDraft(recipe, await readTarget('iso'));
  const tools = await toolPackages();
  const path = lockPath(recipe, options);
  const before = (await exists(path)) ? await readLock(path) : undefined;
  if (before && !options.update && !differences(draft, before, tools).length)
    return { path, written: false, packages: before.packages.length, changes: [] };
  requireRoot();
  await requireTools(buildTools);
  const store = await openStore();
  const written = await withTemporary(store, (folder) => makeLock({ draft, tools, store, folder, progress }));
  await writeLock(path, written);
  const changes = before
    ? [...moved(before.packages, written.packages), ...moved(before.tools, written.tools)]
    : [];
  return { path, written: true, packages: written.packages.length, changes };
}

async function makeLock(options: {
  draft: Draft;
  tools: string[];
  store: Store;
  folder: string;
  progress: Progress;
}): Promise<Lock> {
  const { draft, tools, store, folder, progress } = options;
  const { recipe } = draft;
  const mirror = await debianMirror();
  const models = await pinModels(recipe, { store, scratch: await makeScratch(folder, 'models'), progress });

  const endTools = progress.begin('resolve tools', `${tools.length} packages of ${recipe.base}`);
  const outside = await makeScratch(folder, 'apt-host');
  const common = { suite: recipe.base, mirror, keyring };
  const forTools = await resolvePackages({ ...common, names: tools, folder: outside, root: outside, run });
  endTools(`${forTools.packages.length} packages`);

  const sourceDateEpoch = Date.parse(forTools.release.date) / 1000;
  const made = toolsStages(
    { suite: recipe.base, tools: forTools.packages, sourceDateEpoch },
    await readStageCode(),
  );
  const tree = await executeStage(made, made.tools, { store, progress, mirror: debianMirror });

  const endImage = progress.begin('resolve image', `${draft.packages.length} packages of ${recipe.base}`);
  const work = await makeScratch(folder, 'apt');
  const sandbox = {
    tools: tree,
    work,
    network: true,
    sourceDateEpoch,
    inputs: { '/etc/resolv.conf': '/etc/resolv.conf' },
  };
  const inside = (command: string[]) => runInside(sandbox, command);
  const forImage = await resolvePackages({
    ...common,
    names: draft.packages,
    folder: work,
    root: '/work',
    run: inside,
  });
  endImage(`${forImage.packages.length} packages`);
  if (forImage.release.sha256 !== forTools.release.sha256)
    throw new IngotError('MIRROR_DOWN', `the archive changed while ${recipe.name} was being locked`, {
      hint: 'run the same command again',
    });

  return {
    schema: 1,
    recipe: recipe.name,
    base: recipe.base,
    release: forImage.release,
    sourceDateEpoch,
    asked: { packages: draft.packages, tools },
    models,
    packages: forImage.packages,
    tools: forTools.packages,
  };
}

async function pinModels(
  recipe: Recipe,
  context: { store: Store; scratch: string; progress: Progress },
): Promise<LockedModel[]> {
  const locked: LockedModel[] = [];
  for (const model of recipe.models) locked.push({ ...model, ...(await pinModel(model, context)) });
  return locked;
}

function moved(before: LockedPackage[], after: LockedPackage[]): string[] {
  const then = new Map(before.map((p) => [p.name, p.version]));
  const now = new Map(after.map((p) => [p.name, p.version]));
  const names = [...new Set([...then.keys(), ...now.keys()])].sort();
  return names
    .filter((name) => then.get(name) !== now.get(name))
    .map((name) => `${name} ${then.get(name) ?? '(new)'} -> ${now.get(name) ?? '(gone)'}`);
}

export const verb: Verb = {
  name: 'lock',
  summary: "pins everything that can change an image's bytes",
  arguments: [['<recipe>', 'name of a recipe']],
  options: [
    ...recipeOptions,
    { flags: '--update', description: 'resolve again even if nothing asked for it' },
  ],
  examples: ['ingot lock nanite-server', 'ingot lock nanite-server --update'],
  async run([recipe], options, progress) {
    const result = await lock(recipe!, options, progress);
    const says = result.written ? `wrote ${result.path}` : `${result.path} is current`;
    return { text: [...result.changes, `${says}: ${result.packages} packages`].join('\n'), json: result };
  },
};
