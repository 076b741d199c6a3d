import type { Allowed } from '../model/hygiene.ts';
import type { Check, Violation } from './check.ts';
import { parseSysusers } from './expected.ts';
import { type Root, records } from './root.ts';

/** Who exists, who may log in. */
export const accounts: Check[] = [
  {
    name: 'users',
    rule: 'Debian cloud',
    must: 'every user is known: of the base system, or declared in a sysusers.d file',
    remedy:
      'declare the user in sysusers.d, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find(root) {
      const declared = declaredIn(root).flatMap(({ users }) => users);
      return records(root, 'etc/passwd')
        .filter(([name, , uid]) => !known(root.expected.allowed.users, name!, uid!, declared))
        .map(([name, , uid]) => inPasswd(`${name} (${uid})`));
    },
  },
  {
    name: 'groups',
    rule: 'Debian cloud',
    must: 'every group is known: of the base system, or declared in a sysusers.d file',
    remedy:
      'declare the group in sysusers.d, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find(root) {
      const declared = declaredIn(root).flatMap(({ groups }) => groups);
      return records(root, 'etc/group')
        .filter(([name, , gid]) => !known(root.expected.allowed.groups, name!, gid!, declared))
        .map(([name, , gid]) => ({ path: 'etc/group', found: `${name} (${gid})` }));
    },
  },
  {
    name: 'members',
    rule: 'Debian cloud',
    must: 'users are only in groups that a sysusers.d file names',
    remedy:
      'declare it in sysusers.d with an "m" line, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find(root) {
      const declared = declaredIn(root).flatMap(({ members }) => members);
      return records(root, 'etc/group').flatMap(([group, , , members]) =>
        (members ?? '')
          .split(',')
          .filter((user) => user && !declared.includes(`${user} ${group}`))
          .filter((user) => !(`${user} ${group}` in root.expected.allowed.members))
          .map((user) => ({ path: 'etc/group', found: `${user} is in ${group}` })),
      );
    },
  },
  {
    name: 'superusers',
    rule: 'Ingot',
    must: 'only root has user id 0, and only root has group 0 as its own',
    remedy: 'remove the account',
    find: (root) =>
      records(root, 'etc/passwd')
        .filter(([name, , uid, gid]) => name !== 'root' && (uid === '0' || gid === '0'))
        .map(([name, , uid, gid]) => inPasswd(`${name} is ${uid}:${gid}`)),
  },
  {
    name: 'repeated-ids',
    rule: 'Ingot',
    must: 'no two accounts share a name or an id',
    remedy: 'remove one of them',
    find: (root) =>
      ['etc/passwd', 'etc/group'].flatMap((path) =>
        [0, 2].flatMap((field) => {
          const all = records(root, path).map((record) => record[field]!);
          const twice = new Set(all.filter((value, index) => all.indexOf(value) !== index));
          return [...twice].map((value) => ({ path, found: `${value} is there twice` }));
        }),
      ),
  },
  {
    name: 'shells',
    rule: 'Flatcar',
    must: 'only root and the users that the recipe asks for have a shell',
    remedy: 'give the account /usr/sbin/nologin',
    find: (root) =>
      records(root, 'etc/passwd')
        .filter(([name]) => name !== 'root' && !root.expected.people.includes(name!))
        .map((record) => ({ name: record[0]!, shell: record[6]! }))
        .filter(
          ({ name, shell }) => !noLogin.test(shell) && !(`${name} ${shell}` in root.expected.allowed.shells),
        )
        .map(({ name, shell }) => inPasswd(`${name} has ${shell || 'the default shell'}`)),
  },
  {
    name: 'root-account',
    rule: 'Ingot',
    must: 'root has the home /root and the shell bash',
    remedy: 'restore the entry as the base system makes it',
    find(root) {
      const entry = records(root, 'etc/passwd').find(([name]) => name === 'root');
      const [, , uid, gid, , home, shell] = entry ?? [];
      const right = uid === '0' && gid === '0' && home === '/root' && shell === '/bin/bash';
      return right ? [] : [inPasswd(entry?.join(':') ?? 'root is missing')];
    },
  },
  {
    name: 'people',
    rule: 'Ingot',
    must: 'users that the recipe asks for, and they alone, have ordinary ids of user and group, and a home in /home',
    remedy:
      'declare the user in the sysusers.d file of a feature, by a name that no package has for an account or group',
    find(root) {
      const ordinary = (id?: string) => Number(id) >= 1000 && Number(id) < 65534;
      return records(root, 'etc/passwd')
        .filter(([name, , uid]) => root.expected.people.includes(name!) || ordinary(uid))
        .filter(([name, , uid, gid, , home]) => {
          const right = ordinary(uid) && ordinary(gid) && home === `/home/${name}`;
          return !(right && root.expected.people.includes(name!));
        })
        .map(([name, , uid, gid, , home]) => inPasswd(`${name} (${uid}:${gid}) at ${home}`));
    },
  },
  {
    name: 'matching-databases',
    rule: 'Ingot',
    must: 'passwd, shadow, group and gshadow name the same accounts',
    remedy: 'add or remove the entry',
    find: (root) =>
      ['passwd shadow', 'shadow passwd', 'group gshadow', 'gshadow group'].flatMap((pair) => {
        const [path, other] = pair.split(' ').map((name) => `etc/${name}`) as [string, string];
        const there = new Set(records(root, other).map(([name]) => name));
        return records(root, path)
          .filter(([name]) => !there.has(name))
          .map(([name]) => ({ path, found: `${name} is not in ${other}` }));
      }),
  },
  {
    name: 'subordinate-ids',
    rule: 'Ingot',
    must: 'ranges of ids for containers are given only to users that the recipe asks for',
    remedy: 'remove the line',
    find: (root) =>
      ['etc/subuid', 'etc/subgid'].flatMap((path) =>
        records(root, path)
          .filter(([name]) => !root.expected.people.includes(name!))
          .map((record) => ({ path, found: record.join(':') })),
      ),
  },
];

const noLogin = /^(\/usr)?\/s?bin\/(nologin|false)$/;

function inPasswd(found: string): Violation {
  return { path: 'etc/passwd', found };
}

/** An account whose id is fixed has that one, wherever it is declared. */
function known(allowed: Allowed, name: string, id: string, declared: string[]): boolean {
  const fixed = Object.keys(allowed).find((account) => account.startsWith(`${name} `));
  return fixed ? fixed === `${name} ${id}` : name in allowed || declared.includes(name);
}

function declaredIn(root: Root) {
  const files = [...root.texts].filter(([path]) => /^(usr\/lib|etc)\/sysusers\.d\/.+\.conf$/.test(path));
  return files.map(([, text]) => parseSysusers(text));
}
