import { run } from '../host/run/command.ts';
import { IngotError } from '../model/errors.ts';
import type { Sources } from '../stages/context.ts';

/** Where the command line and the environment say that locked files are. */
export interface SourceOptions {
  /** Base URLs and folders, in the order in which they are tried. */
  mirror?: string[];
  offline?: boolean;
}

/**
 * The mirrors of `--mirror`, else of INGOT_DEBIAN_MIRROR (separated by white space), else what mmdebstrap itself would
 * use. Found out when first asked for: a build with everything in the store needs none.
 */
export function sourcesFrom({ mirror, offline = false }: SourceOptions): () => Promise<Sources> {
  let found: Promise<Sources> | undefined;
  const find = async (): Promise<Sources> => {
    const named = mirror ?? process.env.INGOT_DEBIAN_MIRROR?.split(/\s+/).filter(Boolean) ?? [];
    if (named.length || offline) return { mirrors: named, offline };
    return { mirrors: [await mmdebstrapDefault()], offline };
  };
  return () => (found ??= find());
}

/** mmdebstrap writes sources.list before it runs set-up hooks; a failing hook ends it there. */
async function mmdebstrapDefault(): Promise<string> {
  const show = 'cat "$1"/etc/apt/sources.list >&2; false';
  const command = [
    'mmdebstrap',
    '--variant=custom',
    '--format=null',
    `--setup-hook=${show}`,
    'sid',
    '/dev/null',
  ];
  const output = await run(command).then(String, (error: IngotError) => {
    if (error.code !== 'COMMAND_FAILED') throw error;
    return error.message;
  });
  const url = /^deb (?:\[.*\] )?(\S+) sid /m.exec(output)?.[1];
  if (url) return url;
  throw new IngotError('MIRROR_DOWN', 'mmdebstrap names no default mirror', {
    hint: 'set INGOT_DEBIAN_MIRROR to the base URL of a Debian mirror',
  });
}
