import { join } from 'node:path';
import { repository } from '../../host/fs/files.ts';
import { startIngot } from '../../testdata/ingot.ts';

export interface BuiltImage {
  path: string;
  sha256: string;
  /** Arguments that make another build ask for the same packages: empty, or `--lock FILE`. */
  lock: string[];
}

const out = join(repository, 'out');

/** Builds the default recipe for a target, or finds it built: all suites of a run share the one file. */
export async function buildDefaultImage(target = 'iso'): Promise<BuiltImage> {
  return (await buildDefaultImages([target]))[0]!;
}

/** The same for several targets, which share most stages. */
export async function buildDefaultImages(targets: string[]): Promise<BuiltImage[]> {
  return buildImages('nanite-server', targets);
}

/** Builds any recipe for several targets. */
export async function buildImages(recipe: string, targets: string[]): Promise<BuiltImage[]> {
  return withPackages(async (lock) => {
    const wanted = targets.flatMap((target) => ['--target', target]);
    const args = ['build', recipe, ...wanted, '--out', out, ...lock];
    const ended = await startIngot(args).ended;
    if (ended.status !== 0) throw new Error(`the build ended with ${ended.status}: ${ended.stderr}`);
    const built = JSON.parse(ended.stdout) as { path: string; record: { sha256: string } }[];
    return built.map(({ path, record }) => ({ path, sha256: record.sha256, lock }));
  }, recipe);
}

/**
 * Gives the work the committed lock. When the archive no longer has that lock's packages, the recipe is
 * locked again into a scratch file, loudly: the tests judge the code, the lock is for people to renew.
 */
export async function withPackages<T>(
  work: (lock: string[]) => Promise<T>,
  recipe = 'nanite-server',
): Promise<T> {
  try {
    return await work([]);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code !== 'LOCK_GONE' && !message.includes('LOCK_GONE')) throw error;
    const lock = ['--lock', join(out, `scratch.${recipe}.lock.json`)];
    console.warn(`\n*** ${message.trim().split('\n').at(-1)}\n*** locking again into ${lock[1]}\n`);
    const locked = await startIngot(['lock', recipe, ...lock]).ended;
    if (locked.status !== 0) throw new Error(`locking failed: ${locked.stderr}`);
    return work(lock);
  }
}
