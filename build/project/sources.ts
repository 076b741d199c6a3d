import { allDistros, findDistro } from '../distros/find.ts';
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
 * The mirrors of `--mirror`, else those that a distribution's environment variable names (separated by white
 * space), else what its own tool would use. Found out when first asked for: a build with everything in the
 * store needs none. Without a distribution, what is named for any of them.
 */
export function sourcesFrom({ mirror, offline = false }: SourceOptions): FindSources {
  const defaults = new Map<string, Promise<string>>();
  return async (name) => {
    const asked = name ? [findDistro(name)] : allDistros;
    const named = mirror ?? asked.flatMap(({ mirrors }) => words(process.env[mirrors.variable]));
    if (named.length || offline || !name) return { mirrors: named, offline };
    if (!defaults.has(name)) defaults.set(name, defaultMirror(asked[0]!));
    return { mirrors: [await defaults.get(name)!], offline };
  };
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}

async function defaultMirror({ title, mirrors: { command, find, variable } }: Distro): Promise<string> {
  const output = await run(command).then(String, (error: IngotError) => {
    if (error.code !== 'COMMAND_FAILED') throw error;
    return error.message;
  });
  const url = find(output);
  if (url) return url;
  throw new IngotError('MIRROR_DOWN', `${command[0]} has no default mirror`, {
    hint: `set ${variable} to the base URL of a ${title} mirror`,
  });
}
