import { join } from 'node:path';
import { describeMirror, type NamedMirror, parseMirror, snapshotOf } from '../formats/text/mirror.ts';
import { formatDay } from '../formats/text/time.ts';
import { exists, mapLimited } from '../host/fs/files.ts';
import { answersNotFound } from '../host/net/request.ts';
import { linkFile } from '../host/store/store.ts';
import type { DistroName } from '../model/distro.ts';
import { IngotError, shortList } from '../model/errors.ts';
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
  const { obtain, served } = packageObtainer(context);
  await mapLimited(packages, parallelDownloads, async (locked) => {
    const stored = await obtain(locked);
    if (stored) await linkFile(stored, join(context.output, locked.path.split('/').at(-1)!));
    else gone.push(`${locked.name} ${locked.version}`);
    done += locked.size;
    context.progress.bytes(context.name, done, total);
  });
  if (gone.length) throw await goneError(gone.sort(), served, context);
}

async function goneError(
  gone: string[],
  served: Set<NamedMirror>,
  context: StageContext,
): Promise<IngotError> {
  const { mirrors, offline } = await context.sources(context.options.distro as DistroName);
  const list = `${gone.length} packages locked against the archive of ${formatDay(context.sourceDateEpoch)}: ${shortList(gone)}`;
  const asked = mirrors.filter((named) => !offline || 'folder' in parseMirror(named, ''));
  const useless = asked.filter((named) => !served.has(named));
  const empty = (await Promise.all(useless.map((named) => emptiness(named, context)))).filter(Boolean);
  if (empty.length && empty.length === asked.length)
    return new IngotError('MIRROR_DOWN', `${empty.join('; ')}, so it is no archive`, {
      hint: 'correct the address; if it is right, the mirror has moved on: run ingot lock <recipe> --update',
    });
  if (offline)
    return new IngotError('LOCK_GONE', `neither the store nor a mirror folder has ${list}`, {
      hint: 'build once without --offline, or name the folder that ingot mirror wrote with --mirror',
    });
  return new IngotError(
    'LOCK_GONE',
    [`${mirrors.length > 1 ? 'no mirror' : 'the mirror no longer'} has ${list}`, ...empty].join('; '),
    {
      hint: 'run ingot lock <recipe> --update, or name a mirror that still has old packages: --mirror <URL with {timestamp} or folder written by ingot mirror>',
    },
  );
}

/**
 * What shows that a mirror, which had none of what was asked for, is no mirror at all: one request tells a
 * wrong address from an archive that has moved on.
 */
async function emptiness(named: NamedMirror, { options, sourceDateEpoch }: StageContext): Promise<string> {
  const mirror = parseMirror(named, snapshotOf(sourceDateEpoch));
  if ('url' in mirror)
    return (await answersNotFound(`${mirror.url}/`))
      ? `${describeMirror(named)} says that there is nothing at its address (HTTP 404)`
      : '';
  const [first] = (options.packages as unknown as LockedPackage[]).map(({ path }) => path.split('/')[0]!);
  return (await exists(join(mirror.folder, first!)))
    ? ''
    : `${describeMirror(named)} has no folder named ${first}`;
}
