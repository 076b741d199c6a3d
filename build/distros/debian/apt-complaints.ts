import type { Asked } from '../../model/distro.ts';
import { IngotError, shortList } from '../../model/errors.ts';

/** Packages that apt's complaint says nobody has, sorted. */
export function unknownPackages(error: unknown): string[] {
  const names = [
    ...textOf(error).matchAll(/Unable to locate package (\S+)|Package '?(\S+?)'? has no installation/g),
  ];
  return [...new Set(names.map((match) => (match[1] ?? match[2])!))].sort();
}

/** Turns apt's complaint into the error it means; for packages that nobody has, see `unknownPackages`. */
export function explainApt(error: unknown, { base, mirror, proxy }: Asked): IngotError {
  const text = textOf(error);
  const another = 'name another with --mirror or INGOT_DEBIAN_MIRROR';
  const down = (hint: string) => {
    const line = /^(?:E|Err|W):.*$/m.exec(text)?.[0] ?? '';
    const via = proxy ? ` through the proxy ${proxy}` : '';
    return new IngotError('MIRROR_DOWN', `cannot read the package index of ${base}${via}: ${line}`, {
      hint,
      cause: error,
    });
  };
  // These before signatures: of a file that did not come, apt also says that it is not signed.
  if (/certificate verif|certificate is NOT trusted/i.test(text))
    return down(
      `if it is your network's own authority that signs for ${mirror}, name its certificate with --ca <file> or NODE_EXTRA_CA_CERTS`,
    );
  if (/\b407 +Proxy Authentication Required/.test(text))
    return down(
      'write user and password into the variable, as in http://user:password@proxy.example:3128, or name hosts that need no proxy in no_proxy',
    );
  if (/Clearsigned file isn't valid/.test(text))
    return down(`it is no index, but may be the page of a network that wants a login; check ${mirror}`);
  const unreachable = proxy
    ? `check the proxy, or name hosts that need none in no_proxy; check ${mirror}, or ${another}`
    : `check the network and ${mirror}, or ${another}`;
  if (/Failed to fetch \S+ +[45]\d\d /.test(text)) return down(unreachable);
  if (/NO_PUBKEY|is not signed|BADSIG|EXPKEYSIG|Missing key|not available|verification failed/i.test(text))
    return new IngotError(
      'SIGNATURE_INVALID',
      `the Release file of ${base} is not signed by the Debian keyring`,
      {
        hint: `check ${mirror}, or ${another}; update the package debian-archive-keyring`,
        cause: error,
      },
    );
  if (
    /Failed to fetch|Could not resolve|Could not connect|Unable to connect|does not have a Release/.test(text)
  )
    return down(unreachable);
  if (/unmet dependencies|Unsatisfied dependencies|pkgProblemResolver|Unable to satisfy/.test(text))
    return new IngotError('PACKAGE_UNKNOWN', `${base} cannot install the packages together: ${unmet(text)}`, {
      hint: 'remove one of the packages named from packages-lists/',
      cause: error,
    });
  return error instanceof IngotError ? error : new IngotError('INTERNAL', text, { cause: error });
}

function textOf(error: unknown): string {
  return [(error as Error).message, (error as Error).cause].join('\n');
}

/** apt's own list, `a : Depends: b but it is not installable`, or its complaint where it gives none. */
function unmet(text: string): string {
  const listed = /unmet dependencies:\n((?: .*\n?)+)/.exec(text)?.[1]?.trim().split('\n');
  const lines = listed ?? [...new Set(text.match(/^E: .*$/gm))];
  return shortList(
    lines.map((line) => line.trim()),
    { separator: '; ' },
  );
}
