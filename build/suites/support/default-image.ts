import { join } from 'node:path';
import { repository } from '../../host/fs/files.ts';
import { startIngot } from '../../testdata/ingot.ts';

export interface DefaultImage {
  path: string;
  sha256: string;
  /** Arguments that make another build ask for the same packages: empty, or `--lock FILE`. */
  lock: string[];
}

/**
 * Builds the default image, or finds it built. When the archive no longer has the committed lock's packages, the
 * recipe is locked again into a scratch file, loudly: the tests judge the code, the lock is for people to renew.
 */
export async function buildDefaultImage(): Promise<DefaultImage> {
  const out = join(repository, 'out');
  let lock: string[] = [];
  let build = await startIngot(['build', 'nanite-server', '--out', out]).ended;
  if (build.status === 4 && build.stderr.includes('LOCK_GONE')) {
    lock = ['--lock', join(out, 'scratch.lock.json')];
    console.warn(`\n*** ${build.stderr.trim().split('\n').at(-1)}\n*** locking again into ${lock[1]}\n`);
    const locked = await startIngot(['lock', 'nanite-server', ...lock]).ended;
    if (locked.status !== 0) throw new Error(`locking failed: ${locked.stderr}`);
    build = await startIngot(['build', 'nanite-server', '--out', out, ...lock]).ended;
  }
  if (build.status !== 0) throw new Error(`the build ended with ${build.status}: ${build.stderr}`);
  const [built] = JSON.parse(build.stdout) as { path: string; record: { sha256: string } }[];
  return { path: built!.path, sha256: built!.record.sha256, lock };
}
