import type { Check } from './check.ts';
import { each, named, type Root, records, shown } from './root.ts';

/** Who may change or run what. */
export const permissions: Check[] = [
  {
    name: 'set-uid',
    rule: 'Flatcar',
    must: 'a program runs as its owner only if it is on the list',
    remedy: 'take the bit away, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) =>
      each(
        root.entries.filter(({ path, mode }) => mode & 0o4000 && !(path in root.expected.allowed.setUid)),
        shown,
      ),
  },
  {
    name: 'set-gid',
    rule: 'Flatcar',
    must: 'a program or folder hands on its group only if it is on the list',
    remedy: 'take the bit away, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) =>
      each(
        root.entries.filter(({ path, mode }) => mode & 0o2000 && !(path in root.expected.allowed.setGid)),
        shown,
      ),
  },
  {
    name: 'special-owners',
    rule: 'Ingot',
    must: 'a set-uid program is owned by root and writable by root alone',
    remedy: 'set the owner and mode that the package has',
    find: (root) =>
      each(
        root.entries.filter(
          ({ kind, mode, uid }) => kind === 'f' && mode & 0o6000 && (uid !== 0 || mode & 0o022),
        ),
        shown,
      ),
  },
  {
    name: 'world-writable-files',
    rule: 'Flatcar',
    must: 'no file is writable by everybody',
    remedy: 'chmod o-w',
    find: (root) =>
      each(
        root.entries.filter(({ kind, mode }) => kind !== 'd' && kind !== 'l' && mode & 0o002),
        shown,
      ),
  },
  {
    name: 'world-writable-folders',
    rule: 'Flatcar',
    must: 'a folder that everybody writes to is on the list and has the sticky bit',
    remedy: 'chmod o-w, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) =>
      each(
        root.entries.filter(
          ({ path, kind, mode }) =>
            kind === 'd' && mode & 0o002 && !(path in root.expected.allowed.openFolders && mode & 0o1000),
        ),
        shown,
      ),
  },
  {
    name: 'group-writable-files',
    rule: 'Ingot',
    must: 'no file is writable by a group',
    remedy: 'chmod g-w',
    find: (root) =>
      each(
        root.entries.filter(({ kind, mode }) => kind === 'f' && mode & 0o020),
        shown,
      ),
  },
  {
    name: 'unknown-owners',
    rule: 'Ingot',
    must: 'every owner and group has a name',
    remedy: 'give it to root, or declare the account in sysusers.d',
    find(root) {
      const ids = (path: string) => new Set(records(root, path).map(([, , id]) => Number(id)));
      const [users, groups] = [ids('etc/passwd'), ids('etc/group')];
      return each(
        root.entries.filter(({ uid, gid }) => !users.has(uid) || !groups.has(gid)),
        shown,
      );
    },
  },
  {
    name: 'foreign-owners',
    rule: 'Ingot',
    must: 'programs and configuration belong to root',
    remedy: 'chown root, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find(root) {
      const nameOf = namesOfIds(root, 'etc/passwd');
      return each(
        named(root, /^(boot|etc|opt|root|srv|usr)(\/|$)/).filter(
          ({ path, uid }) => uid !== 0 && !(`${path} ${nameOf(uid)}` in root.expected.allowed.owners),
        ),
        shown,
      );
    },
  },
  {
    name: 'program-path',
    rule: 'Ingot',
    must: 'folders that programs and libraries are found in are writable by root alone',
    remedy: 'chmod 0755, chown root',
    find: (root) =>
      each(
        named(root, /^usr(\/local)?\/(s?bin|games|lib|libexec|lib\/x86_64-linux-gnu)$/).filter(
          ({ kind, mode, uid }) => kind === 'd' && (uid !== 0 || mode & 0o022),
        ),
        shown,
      ),
  },
  {
    name: 'sensitive-modes',
    rule: 'Ingot',
    must: 'files that decide who gets in have exactly the mode they are known by',
    remedy: 'set that mode, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find(root) {
      const [userOf, groupOf] = [namesOfIds(root, 'etc/passwd'), namesOfIds(root, 'etc/group')];
      return Object.entries(root.expected.modes).flatMap(([path, mode]) => {
        const entry = root.at.get(path);
        if (!entry || shown(entry) === mode) return [];
        const [bits] = shown(entry).split(' ');
        if (`${path} ${bits} ${userOf(entry.uid)}:${groupOf(entry.gid)}` in root.expected.allowed.modes)
          return [];
        return [{ path, found: `${shown(entry)}, not ${mode}` }];
      });
    },
  },
  {
    name: 'attributes',
    rule: 'Ingot',
    must: 'capabilities and access lists are on the list',
    remedy:
      'setcap -r or setfacl -b, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) =>
      root.attributes
        .filter(({ path, name }) => !(`${path} ${name}` in root.expected.allowed.attributes))
        .map(({ path, name }) => ({ path, found: name })),
  },
  {
    name: 'special-files',
    rule: 'Ingot',
    must: 'there is no device, pipe or socket',
    remedy: 'remove it; the kernel and systemd make them on the machine',
    find: (root) =>
      each(
        root.entries.filter(({ kind }) => /[cbps]/.test(kind)),
        ({ kind, ...entry }) => `${kind} ${shown({ kind, ...entry })}`,
      ),
  },
];

/** Packages give ids as they come, so exceptions name accounts. */
function namesOfIds(root: Root, path: string): (id: number) => string | undefined {
  const names = new Map(records(root, path).map(([name, , id]) => [Number(id), name]));
  return (id) => names.get(id);
}
