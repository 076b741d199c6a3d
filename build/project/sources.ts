import { resolve } from 'node:path';
import { allDistros, findDistro } from '../distros/find.ts';
import {
  describeMirror,
  hostMeant,
  type NamedMirror,
  parseMirror,
  splitMirrors,
} from '../formats/text/mirror.ts';
import { isFolder } from '../host/fs/folders.ts';
import { run } from '../host/run/command.ts';
import type { Distro } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { FindSources } from '../stages/context.ts';

/** Where the command line and the environment say that locked files are. */
export interface SourceOptions {
  /** Base URLs and folders, in the order in which they are tried. */
  mirror?: string[];
  offline?: boolean;
}

/**
 * The mirrors of `--mirror`, else those that a distribution's environment variable names, else what its own
 * tool would use. Found out when first asked for: a build with everything in the store needs none. Without a
 * distribution, what is named for any of them.
 *
 * What can be seen without a network is looked at before anything is fetched: schemes, and whether a folder
 * is there.
 */
export async function sourcesFrom({ mirror, offline = false }: SourceOptions): Promise<FindSources> {
  const typed = mirror?.map((place): NamedMirror => ({ place, givenBy: '--mirror' }));
  if (typed) await assertUsable(typed);
  const defaults = new Map<string, Promise<NamedMirror>>();
  return async (name) => {
    if (typed) return { mirrors: typed, offline };
    const asked = name ? [findDistro(name)] : allDistros;
    const named = asked.flatMap(({ mirrors: { variable } }) =>
      splitMirrors(process.env[variable]).map((place): NamedMirror => ({ place, givenBy: variable })),
    );
    await assertUsable(named);
    if (named.length || offline || !name) return { mirrors: named, offline };
    if (!defaults.has(name)) defaults.set(name, defaultMirror(asked[0]!));
    return { mirrors: [await defaults.get(name)!], offline };
  };
}

/**
 * One folder that is not there may be a stick that is not plugged in; without any mirror nothing can be
 * fetched.
 */
async function assertUsable(mirrors: NamedMirror[]): Promise<void> {
  const missing: IngotError[] = [];
  for (const named of mirrors) {
    const mirror = parseMirror(named, '');
    if ('folder' in mirror && !(await isFolder(mirror.folder))) missing.push(noFolder(named, mirror.folder));
  }
  if (missing.length && missing.length === mirrors.length) throw missing[0];
}

function noFolder(named: NamedMirror, folder: string): IngotError {
  const meant = hostMeant(folder);
  return new IngotError('PATH_UNUSABLE', `${describeMirror(named)}: there is no folder ${resolve(folder)}`, {
    hint: meant
      ? `did you mean ${meant}?`
      : `name a folder that ingot mirror wrote, or the URL of a mirror, with ${named.givenBy}`,
  });
}

async function defaultMirror({ title, mirrors }: Distro): Promise<NamedMirror> {
  const { command, find, variable } = mirrors;
  const output = await run(command).then(String, (error: IngotError) => {
    if (error.code !== 'COMMAND_FAILED') throw error;
    return error.message;
  });
  const place = find(output);
  if (place) return { place, givenBy: `the default of ${command[0]}` };
  throw new IngotError('MIRROR_DOWN', `${command[0]} has no default mirror`, {
    hint: `set ${variable} to the base URL of a ${title} mirror`,
  });
}
