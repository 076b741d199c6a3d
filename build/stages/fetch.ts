import { join } from 'node:path';
import { formatDay } from '../formats/text/time.ts';
import { mapLimited } from '../host/fs/files.ts';
import { linkFile } from '../host/store/store.ts';
import type { DistroName } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { LockedPackage } from '../model/lock.ts';
import type { StageContext } from './context.ts';
import { packageObtainer } from './obtain-package.ts';

const parallelDownloads = 8;

/** Locked packages by hash: from the store, else from the mirrors. The result is a folder of hard links. */
export async function fetchStage(context: StageContext): Promise<void> {
  const packages = context.options.packages as unknown as LockedPackage[];
  const total = packages.reduce((sum, p) => sum + p.size, 0);
  let done = 0;
  const gone: string[] = [];
  const obtain = packageObtainer(context);
  await mapLimited(packages, parallelDownloads, async (locked) => {
    const stored = await obtain(locked);
    if (stored) await linkFile(stored, join(context.output, locked.path.split('/').at(-1)!));
    else gone.push(`${locked.name} ${locked.version}`);
    done += locked.size;
    context.progress.bytes(context.name, done, total);
  });
  if (gone.length) throw await goneError(gone.sort(), context);
}

async function goneError(gone: string[], context: StageContext): Promise<IngotError> {
  const { mirrors, offline } = await context.sources(context.options.distro as DistroName);
  const list = `${gone.length} packages locked against the archive of ${formatDay(context.sourceDateEpoch)}: ${gone.join(', ')}`;
  if (offline)
    return new IngotError('LOCK_GONE', `neither the store nor a mirror folder has ${list}`, {
      hint: 'build once without --offline, or name the folder that ingot mirror wrote with --mirror',
    });
  return new IngotError(
    'LOCK_GONE',
    `${mirrors.length > 1 ? 'no mirror' : 'the mirror no longer'} has ${list}`,
    {
      hint: 'run ingot lock <recipe> --update, or name a mirror that still has old packages: --mirror <URL with {timestamp} or folder written by ingot mirror>',
    },
  );
}
