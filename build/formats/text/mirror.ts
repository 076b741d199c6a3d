import { IngotError } from '../../model/errors.ts';
import { withoutPassword } from './url.ts';

/** One place that has files of the archive: a folder, or the base URL of a server. */
export type Mirror = { folder: string } | { url: string };

/** A mirror as it was written, and where: an error tells both. */
export interface NamedMirror {
  place: string;
  /** An option, as `--mirror`, an environment variable, or the program whose default it is. */
  givenBy: string;
}

/** Dated snapshot services have this in their URL; a moment as they write it is put there. */
const placeholder = '{timestamp}';

export function isDated(place: string): boolean {
  return place.includes(placeholder);
}

/** `mirror http://deb.example/debian (INGOT_DEBIAN_MIRROR)`, as errors call it. */
export function describeMirror({ place, givenBy }: NamedMirror): string {
  return `mirror ${withoutPassword(place)} (${givenBy})`;
}

/**
 * What a mirror is: an `http` URL, a `file` URL or a path; `timestamp` is put where a dated one wants it.
 * Another scheme and a URL that is none are refused.
 */
export function parseMirror(named: NamedMirror, timestamp: string): Mirror {
  const plain = named.place.replaceAll(placeholder, timestamp).replace(/(?<=.)\/$/, '');
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(plain)?.[1]?.toLowerCase();
  if (scheme === 'file') return { folder: pathOf(plain, named) };
  // A host's name with its port looks like a scheme, and is none.
  if (scheme === undefined || /^[^/]*:\d/.test(plain)) return { folder: plain };
  if (scheme === 'http' || scheme === 'https') return { url: checked(plain, named) };
  throw new IngotError('USAGE', `${describeMirror(named)} has the scheme ${scheme}, which is not fetched`, {
    hint: 'name a mirror as http://…, https://… or a folder; many that offer ftp or rsync offer http as well',
  });
}

/**
 * The mirrors in an environment variable, which white space parts. As a folder may have a space in its name,
 * the next mirror begins only at a word that starts as one does: with a scheme, a slash or a dot.
 */
export function splitMirrors(text = ''): string[] {
  return text
    .trim()
    .split(/\s+(?=[a-z][a-z0-9+.-]*:|[/.])/i)
    .filter(Boolean);
}

/** What to write instead of a folder that does not exist, where it looks like a host's name. */
export function hostMeant(folder: string): string | undefined {
  return /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?(\/|$)|^[\w.-]+:\d+(\/|$)/i.test(folder)
    ? `http://${folder}`
    : undefined;
}

function checked(url: string, named: NamedMirror): string {
  const valid = /^https?:\/\/[^/]/i.test(url) && !/\s/.test(url) && URL.canParse(url);
  if (valid) return url;
  throw new IngotError('USAGE', `${describeMirror(named)} is not a URL`, {
    hint: 'write it as http://deb.example.org/debian; a relative folder behind it begins with ./',
  });
}

function pathOf(fileUrl: string, named: NamedMirror): string {
  try {
    return decodeURIComponent(fileUrl.replace(/^file:(\/\/)?/i, ''));
  } catch (cause) {
    throw new IngotError(
      'USAGE',
      `${describeMirror(named)} is not a file URL: a % must be followed by two hexadecimal digits`,
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
