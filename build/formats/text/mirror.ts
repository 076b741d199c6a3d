import { IngotError } from '../../model/errors.ts';

/** One place that has files of the archive: a folder, or the base URL of a server. */
export type Mirror = { folder: string } | { url: string };

/** Dated snapshot services have this in their URL; a moment as they write it is put there. */
const placeholder = '{timestamp}';

export function isDated(mirror: string): boolean {
  return mirror.includes(placeholder);
}

/** What a mirror is: an `http` URL, a `file` URL or a path; `timestamp` is put where a dated one wants it. */
export function parseMirror(mirror: string, timestamp: string): Mirror {
  const plain = mirror.replaceAll(placeholder, timestamp).replace(/(?<=.)\/$/, '');
  if (/^https?:\/\//.test(plain)) return { url: plain };
  if (plain.startsWith('file:')) return { folder: pathOf(plain) };
  return { folder: plain };
}

function pathOf(fileUrl: string): string {
  try {
    return decodeURIComponent(fileUrl.replace(/^file:(\/\/)?/, ''));
  } catch (cause) {
    throw new IngotError(
      'USAGE',
      `mirror ${fileUrl} is not a file URL: a % must be followed by two hexadecimal digits`,
      {
        hint: 'name the folder by its plain path',
        cause,
      },
    );
  }
}

/** Seconds since 1970 as snapshot services write a moment: `20261030T080801Z`. */
export function snapshotTimestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/**
 * The moment whose snapshot holds every file of a Release. A Release is dated before it and its files reach
 * the mirrors, and superseded files stay in the archive for a day and a half, so half a day later has them
 * all.
 */
export function snapshotOf(releaseSeconds: number): string {
  return snapshotTimestamp(releaseSeconds + 12 * 3600);
}
