import { pathToFileURL } from 'node:url';
import type { ResolverPlace } from '../../model/distro.ts';
import { IngotError } from '../../model/errors.ts';
import type { LockedPackage } from '../../model/lock.ts';

/** Packages that every Debian root has: the essential set, found by apt's own pattern. */
export const essential = '?essential';

/** A command of apt's that works in the private root of `aptFiles`. */
export function apt(root: string, ...command: string[]): string[] {
  return ['env', 'LC_ALL=C.UTF-8', `APT_CONFIG=${root}/apt.conf`, ...command];
}

/** Files of a private apt root, so that neither the host's sources nor its installed packages play a part. */
export function aptFiles(options: Omit<ResolverPlace, 'mirror'> & { mirror: string }): {
  [path: string]: string;
} {
  const { root, mirror, base, components, keyring, certificates, proxy } = options;
  return {
    'apt.conf': [
      'Dir::Etc::main "/dev/null"; Dir::Etc::parts "/dev/null"; Dir::Etc::sourceparts "/dev/null";',
      'Dir::Etc::preferences "/dev/null"; Dir::Etc::preferencesparts "/dev/null";',
      `Dir::Etc::sourcelist "${root}/sources.list"; Dir::State "${root}/state"; Dir::Cache "${root}/cache";`,
      `Dir::State::status "${root}/status";`,
      'APT::Architecture "amd64"; APT::Architectures "amd64"; APT::Sandbox::User "root";',
      'APT::Install-Recommends "false"; APT::Get::AllowUnauthenticated "false";',
      'Acquire::Languages "none"; Acquire::Retries "2"; Acquire::http::Timeout "30";',
      // A testing Release may be older than its Valid-Until; the lock's hashes are the authority from here
      // on.
      'Acquire::Check-Valid-Until "false";',
      `Acquire::https::CAInfo "${root}/certificates.pem";`,
      ...proxyOf(mirror, proxy),
      '',
    ].join('\n'),
    'sources.list': `deb [signed-by=${keyring}] ${mirror} ${base} ${components.join(' ')}\n`,
    status: '',
    'certificates.pem': certificates,
    'state/lists/partial/.keep': '',
    'cache/archives/partial/.keep': '',
  };
}

/** How apt reaches the mirror; other hosts, which it may be sent on to, by what its environment says. */
function proxyOf(mirror: string, proxy = 'DIRECT'): string[] {
  if (!/^https?:/i.test(mirror)) return [];
  const { protocol, hostname } = new URL(mirror);
  return [`Acquire::${protocol.slice(0, -1)}::Proxy::${hostname} "${proxy}";`];
}

/**
 * A folder as a source in apt's sources.list. apt decodes it twice, when it reads the list and when it copies
 * a file, so it is encoded twice: else `%41` in a folder's name would become `A`.
 */
export function copySource(folder: string): string {
  return `copy:${pathToFileURL(folder).pathname.replaceAll('%', '%25')}`;
}

/**
 * `name=version` of everything that `apt-get --simulate install` would unpack, from its `Inst` lines, sorted.
 */
export function parseSimulation(output: string): string[] {
  // No colon in the name: a pattern that may divide a run anywhere takes quadratic time to find that it does
  // not match.
  return [...output.matchAll(/^Inst ([^\s:]+)(?::\S+)? (?:\[\S+\] )?\((\S+)/gm)]
    .map(([, name, version]) => `${name}=${version}`)
    .sort();
}

const packageName = /^[a-z0-9][a-z0-9.+-]*$/;
const recordFields = {
  Version: /^\S+$/,
  Architecture: /^\S+$/,
  Filename: /^(?!\/)(?!(?:\S*\/)?\.\.(?:\/|$))\S+$/,
  Size: /^\d{1,15}$/,
  'Installed-Size': /^\d{1,12}$/,
  SHA256: /^[0-9a-f]{64}$/,
};

/** Pinned facts from `apt-cache show` stanzas, sorted by name; one that lacks a field is refused. */
export function parseRecords(output: string): LockedPackage[] {
  const packages = output
    .split(/\n\n+/)
    .filter((stanza) => stanza.includes('Package:'))
    .map((stanza) => {
      const name = fieldOf(stanza, 'Package');
      if (!name || !packageName.test(name))
        throw new IngotError('INPUT_INVALID', `apt's record of a package calls it "${cut(name ?? '')}"`);
      const field = (key: keyof typeof recordFields) => {
        const value = fieldOf(stanza, key);
        if (value !== undefined && recordFields[key].test(value)) return value;
        const found = value === undefined ? `no ${key}` : `the ${key} "${cut(value)}"`;
        throw new IngotError('INPUT_INVALID', `apt's record of ${cut(name)} has ${found}`);
      };
      return {
        name,
        version: field('Version'),
        architecture: field('Architecture'),
        path: field('Filename'),
        size: Number(field('Size')),
        installedKiB: Number(field('Installed-Size')),
        sha256: field('SHA256'),
      };
    });
  const byName = new Map(packages.map((p) => [p.name, p]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const releaseDate = /^[A-Z][a-z]{2}, [ \d]?\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (UTC|GMT|Z|\+0000)$/;

/** Date of a Release file in ISO 8601, from its `Date:` field. */
export function parseReleaseDate(inRelease: string): string {
  const date = /^Date: (.*)$/m.exec(inRelease)?.[1];
  if (!date) throw new IngotError('INPUT_INVALID', 'the Release file has no Date field');
  // Date itself takes many more forms, and one without a zone for this machine's local time.
  const time = new Date(releaseDate.test(date) ? date : Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw new IngotError(
      'INPUT_INVALID',
      `the Release file has the Date "${cut(date)}", which is not a date`,
    );
  return time.toISOString();
}

/** Parts of the archive that a Release file lists. */
export function parseComponents(inRelease: string): string[] {
  return fieldOf(inRelease, 'Components')?.trim().split(/\s+/) ?? [];
}

function fieldOf(stanza: string, field: string): string | undefined {
  return new RegExp(`^${field}: (.*)$`, 'm').exec(stanza)?.[1];
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
