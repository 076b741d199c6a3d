import type { Check } from './check.ts';
import { linesOf, named, notPlain, type Root, shown } from './root.ts';

/** Who becomes root, and how. */
export const privileges: Check[] = [
  {
    name: 'sudo-grants',
    rule: 'Ingot',
    must: 'only root, the groups on the list and users named by a feature may use sudo',
    remedy: 'remove the line, or move it to the overlay of a feature',
    find: (root) =>
      grants(root)
        .filter(({ path, line }) => !root.expected.overlay.includes(path) && !maySudo(root, line))
        .map(({ path, line }) => ({ path, found: line })),
  },
  {
    name: 'sudo-without-password',
    rule: 'Ingot',
    must: 'sudo without a password is for users that the recipe asks for, and a feature says so',
    remedy: 'remove NOPASSWD, or lay the line over the root by a feature',
    find: (root) =>
      linesOf(root, sudoers)
        .filter(({ line }) => /NOPASSWD|!authenticate/.test(line))
        .filter(({ path, line }) => !(root.expected.overlay.includes(path) && isPerson(root, line)))
        .map(({ path, line }) => ({ path, found: line })),
  },
  {
    name: 'sudo-modes',
    rule: 'Ingot',
    must: "sudo's rules are readable by root alone and writable by nobody",
    remedy: 'set mode 0440, owner root, in owners.yaml',
    find: (root) =>
      named(root, sudoers)
        .filter(({ kind, mode, uid, gid }) => kind !== 'f' || mode !== 0o440 || uid !== 0 || gid !== 0)
        .map((entry) => ({ path: entry.path, found: shown(entry) })),
  },
  {
    name: 'sudo-options',
    rule: 'Ingot',
    must: "sudo keeps nothing of the user's environment that loads code, and its path is the system's",
    remedy: 'remove the line',
    find: (root) =>
      linesOf(root, sudoers)
        .filter(({ line }) =>
          /^Defaults.*(!env_reset|!secure_path|env_keep.*\b(LD_|PATH\b|PYTHON|PERL))/.test(line),
        )
        .map(({ path, line }) => ({ path, found: line })),
  },
  {
    name: 'automatic-login',
    rule: 'Ingot',
    must: 'only users that the recipe asks for are logged in without being asked',
    remedy: 'remove --autologin, or name the user in the recipe',
    find: (root) =>
      linesOf(root, /^(etc|usr\/lib)\/systemd\/system\/.+\.(service|conf)$/)
        .map(({ path, line }) => ({ path, line, user: /(?:--autologin|-a)[ =](\S+)/.exec(line)?.[1] }))
        .filter(({ line, user }) => /agetty/.test(line) && user && !root.expected.people.includes(user))
        .map(({ path, user }) => ({ path, found: `logs in ${user}` })),
  },
  {
    name: 'plain-configuration',
    rule: 'Ingot',
    must: 'files that control logins are plain files of a size that can be checked',
    remedy: 'put the file itself in place of the link',
    find: (root) => notPlain(root, deciding),
  },
  {
    name: 'login-stack',
    rule: 'Ingot',
    must: 'PAM lets nobody in without authentication',
    remedy: 'restore the file as its package makes it',
    find: (root) =>
      linesOf(root, /^etc\/pam\.d\//)
        .filter(({ line }) =>
          /^-?auth\s+(sufficient|\[success=(done|ok)[^\]]*\])\s+(pam_permit|pam_exec)\.so/.test(line),
        )
        .map(({ path, line }) => ({ path, found: line.replace(/\s+/g, ' ') })),
  },
];

const deciding =
  /^etc\/(passwd|shadow|group|gshadow|sudoers(\.d\/.+)?|ssh\/sshd_config(\.d\/.+)?|pam\.d\/.+|crontab|cron\..+)$/;

const sudoers = /^etc\/sudoers(\.d\/.+)?$/;

/** Lines that allow something to somebody. */
function grants(root: Root): { path: string; line: string }[] {
  return linesOf(root, sudoers).filter(
    ({ line }) => line.includes('=') && !/^(@include|Defaults|(User|Runas|Host|Cmnd|Cmd)_Alias)/.test(line),
  );
}

/** `%sudo ALL=(ALL:ALL) ALL` → `%sudo`. */
function maySudo({ expected }: Root, line: string): boolean {
  const [who = ''] = line.split(/\s/);
  return who === 'root' || who in expected.allowed.sudo;
}

function isPerson(root: Root, line: string): boolean {
  return root.expected.people.some((name) => line.startsWith(`${name} `));
}
