import type { Check, Violation } from './check.ts';
import { linesOf, type Root } from './root.ts';

/** How sshd lets people in, as its files say; where there is no sshd there is nothing to say. */
export const ssh: Check[] = [
  {
    name: 'ssh-passwords',
    rule: 'AWS',
    must: 'sshd accepts no passwords',
    remedy: 'set it in a file of etc/ssh/sshd_config.d that comes first',
    find: (root) => [
      ...unlike(root, 'PasswordAuthentication', /^no$/, 'yes'),
      ...unlike(root, 'KbdInteractiveAuthentication', /^no$/, 'yes'),
      ...unlike(root, 'ChallengeResponseAuthentication', /^no$/, 'no'),
    ],
  },
  {
    name: 'ssh-empty-passwords',
    rule: 'AWS',
    must: 'sshd accepts no empty passwords',
    remedy: 'set PermitEmptyPasswords no',
    find: (root) => unlike(root, 'PermitEmptyPasswords', /^no$/, 'no'),
  },
  {
    name: 'ssh-root',
    rule: 'AWS',
    must: 'root may log in by key only',
    remedy: 'set PermitRootLogin prohibit-password',
    find: (root) =>
      unlike(
        root,
        'PermitRootLogin',
        /^(no|prohibit-password|without-password|forced-commands-only)$/,
        'prohibit-password',
      ),
  },
  {
    name: 'ssh-keys-elsewhere',
    rule: 'Ingot',
    must: "keys and principals come from the users' homes alone",
    remedy: 'remove the setting',
    find: (root) => [
      ...unlike(
        root,
        'AuthorizedKeysFile',
        /^\.ssh\/authorized_keys( \.ssh\/authorized_keys2)?$/,
        '.ssh/authorized_keys',
      ),
      // systemd asks its own user database, in /usr/lib/systemd/sshd_config.d.
      ...unlike(root, 'AuthorizedKeysCommand', /^(none|\/usr\/bin\/userdbctl .*)$/, 'none'),
      ...unlike(root, 'TrustedUserCAKeys', /^none$/, 'none'),
      ...unlike(root, 'HostbasedAuthentication', /^no$/, 'no'),
    ],
  },
  {
    name: 'ssh-environment',
    rule: 'Ingot',
    must: 'sshd accepts no user environment and no X11 forwarding',
    remedy: 'set PermitUserEnvironment no and X11Forwarding no',
    find: (root) => [
      ...unlike(root, 'PermitUserEnvironment', /^no$/, 'no'),
      ...unlike(root, 'X11Forwarding', /^no$/, 'no'),
    ],
  },
];

interface Setting {
  path: string;
  name: string;
  value: string;
  /** Inside a Match block. */
  conditional: boolean;
}

/**
 * Every value of a setting that counts and must not be: of those outside of Match blocks the first, of those
 * inside all. A setting that is nowhere has sshd's own value.
 */
function unlike(root: Root, setting: string, allowed: RegExp, standard: string): Violation[] {
  if (!root.texts.has(main)) return [];
  const all = settings(root).filter(({ name }) => name === setting.toLowerCase());
  const first = all.find(({ conditional }) => !conditional) ?? { path: main, value: standard };
  return [first, ...all.filter(({ conditional }) => conditional)]
    .filter(({ value }) => !allowed.test(value.replaceAll('"', '').trim()))
    .map(({ path, value }) => ({ path, found: `${setting} ${value}` }));
}

const main = 'etc/ssh/sshd_config';

/**
 * All settings in the order in which sshd reads them: the drop-ins count where the file begins with them, and
 * nowhere else.
 */
function settings(root: Root): Setting[] {
  const own = linesOf(root, /^etc\/ssh\/sshd_config$/);
  const included = /^Include \/etc\/ssh\/sshd_config\.d\/\*\.conf$/.test(own[0]?.line ?? '');
  const dropIns = included ? linesOf(root, /^etc\/ssh\/sshd_config\.d\/[^/]+\.conf$/) : [];
  const sorted = dropIns.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  let [conditional, file] = [false, ''];
  return [...sorted, ...own].map(({ path, line }) => {
    const [, name = '', value = ''] = /^(\w+)\s*[\s=]\s*(.*)$/.exec(line) ?? [];
    conditional = (conditional && path === file) || name.toLowerCase() === 'match';
    file = path;
    return { path, name: name.toLowerCase(), value, conditional };
  });
}
