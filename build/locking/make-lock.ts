import { resolve } from 'node:path';
import { distroOf } from '../distros/find.ts';
import { describeMirror, isDated, type NamedMirror, parseMirror } from '../formats/text/mirror.ts';
import { hashFile, readJson, repository } from '../host/fs/files.ts';
import { proxyVariables } from '../host/net/proxy.ts';
import type { Progress } from '../host/progress.ts';
import { run } from '../host/run/command.ts';
import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedModel, LockedPackage } from '../model/lock.ts';
import type { Recipe } from '../model/types.ts';
import { readStageCode } from '../project/stage-code.ts';
import type { Draft } from '../resolve/draft.ts';
import { setsOf } from '../resolve/image.ts';
import { toolsStages } from '../resolve/stage.ts';
import type { FindSources } from '../stages/context.ts';
import { executeStage } from '../stages/execute.ts';
import { pinModel } from '../stages/obtain-model.ts';
import { resolvePackages } from './resolve-packages.ts';
import { askersOf } from './unknown-packages.ts';

export interface LockRequest {
  /** The recipe for each of its targets. */
  drafts: Draft[];
  /** Names of the tools tree's packages. */
  tools: string[];
  store: Store;
  progress: Progress;
  sources: FindSources;
  /**
   * Moment that a dated mirror is asked for, as `20261030T080801Z`; without it dated mirrors are passed over.
   */
  timestamp?: string;
}

/** Finds every fact that the lock holds, from the first mirror that answers. */
export async function makeLock(request: LockRequest): Promise<Lock> {
  const { mirrors } = await request.sources(request.drafts[0]!.distro);
  const usable = mirrors.filter(({ place }) => isDated(place) === Boolean(request.timestamp));
  if (!usable.length)
    throw new IngotError(
      'USAGE',
      `there is no mirror to lock from: ${request.timestamp ? 'none has' : 'all have'} {timestamp} in the URL`,
      {
        hint: 'ingot lock <recipe> --mirror <URL with {timestamp}> --timestamp 20261030T080801Z, or a mirror without it',
      },
    );
  for (const [index, named] of usable.entries()) {
    const attempt = withTemporary(request.store, (folder) => lockFrom(named, folder, request));
    const lock = await attempt.catch((error: IngotError) => {
      if (error.code !== 'MIRROR_DOWN' || index === usable.length - 1) throw error;
      request.progress.note(`${error.message}; trying the next mirror`);
    });
    if (lock) return lock;
  }
  throw new IngotError('INTERNAL', 'no mirror was tried');
}

async function lockFrom(named: NamedMirror, folder: string, request: LockRequest): Promise<Lock> {
  const mirror = parseMirror(named, request.timestamp ?? '');
  const { drafts, tools, store, progress, sources } = request;
  const { recipe, components } = drafts[0]!;
  const { base } = recipe;
  const distro = distroOf(base);
  const scratch = await makeScratch(folder, 'models');
  const models = await pinModels(recipe, { store, scratch, progress, sources });

  // The host's package manager chooses the tools, for there is no tools tree yet; the tools tree's own
  // chooses the rest.
  const endTools = progress.begin('resolve tools', `${tools.length} packages of ${base}`);
  const outside = await makeScratch(folder, 'apt-host');
  const forTools = await resolvePackages({
    distro,
    base,
    components: distro.components.slice(0, 1),
    mirror: 'url' in mirror ? mirror : { folder: resolve(mirror.folder) },
    mirrorName: describeMirror(named),
    questions: [tools],
    askedBy: askersOf([]),
    folder: outside,
    root: outside,
    run: (command) => run(command, { env: { ...process.env, ...proxyVariables() } }),
  });
  const [lockedTools] = forTools.answers as [LockedPackage[]];
  endTools(`${lockedTools.length} packages`);

  const sourceDateEpoch = Date.parse(forTools.release.date) / 1000;
  const made = toolsStages({ base, tools: lockedTools, sourceDateEpoch }, await readStageCode());
  const tree = await executeStage(made, made.tools, { store, progress, sources });

  const asked = setsOf(drafts);
  const endImage = progress.begin('resolve image', `${asked.length} sets of packages of ${base}`);
  const work = await makeScratch(folder, 'apt');
  const inputs: Record<string, string> =
    'url' in mirror
      ? { '/etc/resolv.conf': '/etc/resolv.conf' }
      : { '/inputs/mirror': resolve(mirror.folder) };
  const variables = proxyVariables();
  const sandbox = { tools: tree, work, network: true, variables, sourceDateEpoch, inputs };
  const forImage = await resolvePackages({
    distro,
    base,
    components,
    mirror: 'url' in mirror ? mirror : { folder: '/inputs/mirror' },
    mirrorName: describeMirror(named),
    questions: asked.map((set) => set.asked),
    askedBy: askersOf(drafts.flatMap(({ features }) => features)),
    folder: work,
    root: '/scratch',
    run: (command) => runInside(sandbox, command),
  });
  const packages = unionOf(forImage.answers);
  endImage(`${packages.length} packages`);
  if (forImage.release.sha256 !== forTools.release.sha256)
    throw new IngotError('MIRROR_DOWN', `the archive changed while ${recipe.name} was being locked`, {
      hint: 'run the same command again',
    });

  return {
    schema: 3,
    ingot: await ingotVersion(),
    recipe: recipe.name,
    base: recipe.base,
    ...(components.length > 1 ? { components } : {}),
    release: { ...forImage.release, keyring: await hashFile(`${tree}${distro.keyring.path}`) },
    sourceDateEpoch,
    asked: { tools },
    sets: asked.map((set, index) => ({ ...set, packages: forImage.answers[index]!.map(({ name }) => name) })),
    models,
    packages,
    tools: lockedTools,
  };
}

/** Packages of all sets, each once: they come from one Release, so a name has one version. */
function unionOf(answers: LockedPackage[][]): LockedPackage[] {
  const byName = new Map(answers.flat().map((locked) => [locked.name, locked]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function pinModels(
  recipe: Recipe,
  context: Pick<LockRequest, 'store' | 'progress' | 'sources'> & { scratch: string },
): Promise<LockedModel[]> {
  const locked: LockedModel[] = [];
  for (const { role: _, ...model } of recipe.models) {
    const { name, source } = model;
    locked.push({ name, source, ...(await pinModel(model, context)) });
  }
  return locked;
}

export async function ingotVersion(): Promise<string> {
  return (await readJson<{ version: string }>(`${repository}/package.json`)).version;
}
