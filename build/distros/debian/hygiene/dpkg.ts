import type { Check } from '../../../hygiene/check.ts';
import { each, lines, linesOf, named, present, type Root, records, shown } from '../../../hygiene/root.ts';

/** What dpkg and its helpers know, and what they leave behind. */
export const dpkg: Check[] = [
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
    must: 'files have the modes that dpkg-statoverride sets',
    remedy: 'run dpkg-statoverride --update',
    find: (root) =>
      lines(root.texts.get('var/lib/dpkg/statoverride')).flatMap((line) => {
        const [user, group, mode, path] = line.split(/\s+/);
        const entry = root.at.get(path!.slice(1));
        const right =
          // dpkg-statoverride keeps modes as they were given to it.
          entry &&
          shown(entry) ===
            `${mode!.padStart(4, '0')} ${idOf(root, 'passwd', user!)}:${idOf(root, 'group', group!)}`;
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
  {
    name: 'package-leftovers',
    rule: 'Ingot',
    must: 'no package left a second version of a file',
    remedy: 'keep one of the two',
    find: (root) => present(named(root, /\.(dpkg-(new|old|dist|tmp|bak|remove|backup)|ucf-(new|old|dist))$/)),
  },
  {
    name: 'debconf-answers',
    rule: 'Ingot',
    must: "debconf's password database is empty",
    remedy: 'remove the line; the answer was only for the installation',
    find: (root) =>
      linesOf(root, /^var\/cache\/debconf\/passwords\.dat$/)
        .filter(({ line }) => /^Value: ./.test(line))
        .map(({ path }) => ({ path, found: 'a stored answer' })),
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
