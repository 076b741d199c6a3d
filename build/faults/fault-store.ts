import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../host/fs/files.ts';
import { openStore } from '../host/store/store.ts';
import type { Lock } from '../model/lock.ts';
import { narrowLock } from '../resolve/image.ts';
import { type BuiltImage, buildDefaultImage } from '../suites/support/images.ts';
import { type How, type Started, startIngot } from '../testdata/ingot.ts';

/**
 * Where builds are broken: a store and an output folder of their own, beside an undisturbed build of the same
 * image.
 */
export interface FaultStore {
  folder: string;
  store: string;
  out: string;
  /** TMPDIR of the programs that are run. */
  temporary: string;
  image: BuiltImage;
  /**
   * The store that the undisturbed image was built in; entries of it are linked, so a fault in one would
   * show.
   */
  source: string;
  /** Stages in manifest order, by the names that progress gives them. */
  stages: { name: string; id: string }[];
  /** Command that enters the mount namespace that the folder is in, where it is in one of its own. */
  enter: string[];
  /** The path by which this process sees one of the place's. */
  seen(path: string): string;
}

/**
 * Builds the default image undisturbed, or finds it built, and gives a place in a new folder of the store.
 */
export async function makeFaultStore(folder: string): Promise<FaultStore> {
  const image = await buildDefaultImage();
  const source = (await openStore()).folder;
  const plan = await startIngot(['plan', 'nanite-server', ...image.lock]).ended;
  const [{ stages }] = JSON.parse(plan.stdout) as [{ stages: { type: string; label: string; id: string }[] }];
  const named = stages.map(({ type, label, id }) => ({
    name: type === label ? type : `${type} ${label}`,
    id,
  }));
  return faultStoreAt(folder, { image, source, stages: named, enter: [], seen: (path) => path });
}

/** The place that the whole run shares; every test leaves it whole. */
export function sharedStore(): FaultStore {
  const facts = JSON.parse(readFileSync(process.env.INGOT_FAULT_STORE!, 'utf8'));
  return faultStoreAt(facts.folder, { ...facts, enter: [], seen: (path) => path });
}

export function faultStoreAt(
  folder: string,
  rest: Omit<FaultStore, 'folder' | 'store' | 'out' | 'temporary'>,
): FaultStore {
  return {
    ...rest,
    folder,
    store: join(folder, 'store'),
    out: join(folder, 'out'),
    temporary: join(folder, 'tmp'),
  };
}

/**
 * Makes the place as if the undisturbed build had come just to the stage `from`, with all packages fetched;
 * without `from`, only the delivery is left to do. A stage is looked for only when one after it is missing,
 * so all of those are.
 */
export function prepare(place: FaultStore, from?: string): void {
  const { source, store } = place;
  rmSync(place.seen(place.out), { recursive: true, force: true });
  for (const name of ['files', 'stages']) mkdirSync(place.seen(join(store, name)), { recursive: true });
  mkdirSync(place.seen(place.temporary), { recursive: true });
  // Hard links within a file system; a small disk gets copies.
  const copy = place.enter.length ? '-a' : '-al';
  const { tools, packages, models } = lockOf(place);
  for (const { sha256 } of [...tools, ...packages, ...models]) {
    const there = place.seen(join(store, 'files', sha256));
    if (existsSync(there)) continue;
    if (place.enter.length) copyFileSync(join(source, 'files', sha256), there);
    else linkSync(join(source, 'files', sha256), there);
  }
  const names = place.stages.map(({ name }) => name);
  const first = from === undefined ? names.length : names.indexOf(from);
  for (const [index, { id }] of place.stages.entries()) {
    const there = place.seen(join(store, 'stages', id));
    if (index >= first) rmSync(there, { recursive: true, force: true });
    else if (!existsSync(there)) command(['cp', copy, join(source, 'stages', id), there]);
  }
}

/** What of the lock the undisturbed image was built from. */
export function lockOf(place: FaultStore): Lock {
  return narrowLock(wholeLockOf(place), 'iso');
}

/** The lock with the packages of all targets. */
export function wholeLockOf({ image }: FaultStore): Lock {
  const path = image.lock[1] ?? join(repository, 'recipes/nanite-server.forky.lock.json');
  return JSON.parse(readFileSync(path, 'utf8')) as Lock;
}

export function stageFolder(place: FaultStore, name: string): string {
  return join(place.store, 'stages', place.stages.find((stage) => stage.name === name)!.id);
}

/**
 * Starts the build in this place: another folder, time zone, language and home than the undisturbed one's.
 */
export function startBuild(
  place: FaultStore,
  how: How & { args?: string[]; env?: Record<string, string> } = {},
) {
  const args = how.args ?? ['build', 'nanite-server', '--out', place.out, ...place.image.lock];
  return startIn(place, args, how);
}

/** Starts any verb with the place's store. */
export function startIn(
  place: FaultStore,
  args: string[],
  how: How & { env?: Record<string, string> } = {},
): Started {
  const env = {
    INGOT_STORE: place.store,
    TMPDIR: place.temporary,
    HOME: place.folder,
    TZ: 'Pacific/Kiritimati',
    LC_ALL: 'C',
    INGOT_STALL_SECONDS: '10',
    ...how.env,
  };
  return startIngot(args, env, { ...how, prefix: [...place.enter, ...(how.prefix ?? [])] });
}

export function command([program, ...args]: string[]): string {
  const { status, stdout, stderr } = spawnSync(program!, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}
