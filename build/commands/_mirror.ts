import { run } from '../host/command.ts';
import { IngotError } from '../model/errors.ts';

let known: string | undefined;

/** Base URL of the Debian archive: INGOT_DEBIAN_MIRROR, or what mmdebstrap itself would use. */
export async function debianMirror(): Promise<string> {
  known ??= process.env.INGOT_DEBIAN_MIRROR ?? (await mmdebstrapDefault());
  return known.replace(/\/+$/, '');
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
