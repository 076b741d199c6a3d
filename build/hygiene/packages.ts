import type { Check } from './check.ts';
import { generatedPaths, ownedByPackages } from './owned.ts';
import { each, lines, named, present, type Root, records, shown } from './root.ts';

/** The package manager's word and the tree must agree. */
export const packages: Check[] = [
  {
    name: 'package-states',
    rule: 'Debian cloud',
    must: 'every package is "install ok installed"',
    remedy: 'configure or remove it',
    find: (root) =>
      stanzas(root)
        .filter(({ status }) => status !== 'install ok installed')
        .map(({ name, status }) => ({ path: 'var/lib/dpkg/status', found: `${name}: ${status}` })),
  },
  {
    name: 'pending-work',
    rule: 'Ingot',
    must: 'dpkg has nothing left to do: no update, trigger or part',
    remedy: 'run dpkg --configure --pending in the stage packages',
    find: (root) => [
      ...present(named(root, /^var\/lib\/dpkg\/(updates|parts)\/./)),
      ...lines(root.texts.get('var/lib/dpkg/triggers/Unincorp')).map((line) => ({
        path: 'var/lib/dpkg/triggers/Unincorp',
        found: line,
      })),
    ],
  },
  {
    name: 'architectures',
    rule: 'Ingot',
    must: 'packages are for one architecture',
    remedy: 'run dpkg --remove-architecture',
    find: (root) =>
      lines(root.texts.get('var/lib/dpkg/arch'))
        .filter((line) => line !== 'amd64')
        .map((line) => ({ path: 'var/lib/dpkg/arch', found: line })),
  },
  {
    name: 'altered-files',
    rule: 'Ingot',
    must: 'packaged files are as their packages brought them, but for those that a feature lays over them',
    remedy: 'bring the change by an overlay, or restore the file',
    find: (root) =>
      root.altered
        .filter(
          ({ path }) => !(path in root.expected.allowed.altered) && !root.expected.overlay.includes(path),
        )
        .map(({ path, how }) => ({ path, found: how })),
  },
  {
    name: 'unowned-files',
    rule: 'Ingot',
    must: 'everything comes from a package, a feature, or a program on the list',
    remedy: 'remove it, or allow it with its reason under hygiene.generated in recipes/features/<name>.ts',
    find(root) {
      const owned = ownedByPackages(root);
      const isGenerated = generatedPaths(root);
      return present(root.entries.filter(({ path }) => path && !owned.has(path) && !isGenerated(path)));
    },
  },
  {
    name: 'diversions',
    rule: 'Ingot',
    must: 'a file is diverted by an installed package only',
    remedy: 'run dpkg-divert --remove',
    find(root) {
      const installed = new Set(stanzas(root).map(({ name }) => name));
      const all = lines(root.texts.get('var/lib/dpkg/diversions'));
      return all
        .filter((_, index) => index % 3 === 2 && !installed.has(all[index]!))
        .map((owner) => ({ path: 'var/lib/dpkg/diversions', found: `diverted by ${owner}` }));
    },
  },
  {
    name: 'overridden-modes',
    rule: 'Ingot',
    must: 'modes that dpkg was told to keep are those that are there',
    remedy: 'run dpkg-statoverride --update',
    find: (root) =>
      lines(root.texts.get('var/lib/dpkg/statoverride')).flatMap((line) => {
        const [user, group, mode, path] = line.split(/\s+/);
        const entry = root.at.get(path!.slice(1));
        const right =
          entry && shown(entry) === `${mode} ${idOf(root, 'passwd', user!)}:${idOf(root, 'group', group!)}`;
        return right
          ? []
          : [{ path: path!.slice(1), found: `${entry ? shown(entry) : 'missing'}, not ${line}` }];
      }),
  },
  {
    name: 'alternatives',
    rule: 'Ingot',
    must: 'an alternative is a link to one that its package registered',
    remedy: 'run update-alternatives --auto',
    find(root) {
      const registered = [...root.texts]
        .filter(([path]) => path.startsWith('var/lib/dpkg/alternatives/'))
        .flatMap(([, text]) => text.split('\n'));
      const known = new Set(registered);
      return each(
        named(root, /^etc\/alternatives\/(?!README$)/).filter(
          ({ kind, to }) => kind !== 'l' || !known.has(to),
        ),
        ({ kind, to }) => (kind === 'l' ? `link to ${to}` : 'no link'),
      );
    },
  },
];

function stanzas(root: Root): { name: string; status: string }[] {
  const all = (root.texts.get('var/lib/dpkg/status') ?? '').split(/\n\n+/).filter((text) => text.trim());
  const field = (text: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? 'none';
  return all.map((text) => ({ name: field(text, 'Package'), status: field(text, 'Status') }));
}

/** A number for a name in passwd or group; statoverride may give the number itself after a `#`. */
function idOf(root: Root, database: 'passwd' | 'group', name: string): string {
  if (name.startsWith('#')) return name.slice(1);
  return records(root, `etc/${database}`).find(([known]) => known === name)?.[2] ?? name;
}
