import type { Check } from './check.ts';
import { generatedPaths, ownedPaths } from './owned.ts';
import { linesOf, named, present, under } from './root.ts';

/** What tells of the build or of other people, and what the machine makes again by itself. */
export const leftovers: Check[] = [
  {
    name: 'empty-folders',
    rule: 'Debian cloud',
    must: 'folders that are mounted over or filled at run time are empty: dev, proc, run, sys, tmp, var/tmp',
    remedy: 'empty it',
    find: (root) => present(named(root, /^(dev|proc|run|sys|tmp|var\/tmp)\/./)),
  },
  {
    name: 'vacant-folders',
    rule: 'Ingot',
    must: "folders for the owner's use are empty: home, media, mnt, opt, srv, usr/local, var/local, var/opt",
    remedy: 'remove it, or bring it by a package or feature elsewhere',
    find: (root) => [
      ...present(named(root, /^(home|media|mnt|opt|srv|var\/(local|opt|lost\+found)|lost\+found)\/./)),
      ...present(under(root, 'usr/local').filter(({ kind, to }) => kind !== 'd' && to !== 'share/man')),
    ],
  },
  {
    name: 'home-of-root',
    rule: 'Ingot',
    must: "root's home holds what the base system puts there",
    remedy: 'remove it',
    find(root) {
      const isGenerated = generatedPaths(root);
      return present(under(root, 'root').filter(({ path }) => !isGenerated(path)));
    },
  },
  {
    name: 'logs',
    rule: 'Debian cloud',
    must: 'there are no logs',
    remedy: 'remove it',
    find: (root) =>
      present(
        under(root, 'var/log').filter(
          ({ path, kind }) => kind !== 'd' && !(path in root.expected.allowed.logs),
        ),
      ),
  },
  {
    name: 'histories',
    rule: 'AWS',
    must: 'there are no histories of shells, editors or browsers',
    remedy: 'remove it',
    find: (root) =>
      present(
        named(root, /(^|\/)(\.[a-z_]*(history|hist|hsts)|\.viminfo|\.recently-used.*|\.sudo_as_admin.*)$/),
      ),
  },
  {
    name: 'logins',
    rule: 'Ingot',
    must: 'there are no login records',
    remedy: 'remove it',
    find: (root) =>
      present(
        named(
          root,
          /^var\/(log\/([bw]tmp|lastlog|faillog)|lib\/(lastlog|wtmpdb|sudo\/(ts|lectured)|systemd\/linger|AccountsService)\/.+)/,
        ).filter(({ kind }) => kind === 'f'),
      ),
  },
  {
    name: 'backup-files',
    rule: 'Ingot',
    must: 'no editor or program left an earlier version behind',
    remedy: 'remove it',
    find: (root) =>
      present(
        named(root, backups).filter(({ path, kind }) => kind !== 'd' && !/^usr\/(share|lib)\//.test(path)),
      ),
  },
  {
    name: 'caches',
    rule: 'Ingot',
    must: 'nothing is cached that is not part of a package',
    remedy: 'remove it; it is recreated when needed',
    find: (root) =>
      present([
        ...named(root, /^var\/cache\/[^/]+\/./).filter(({ path }) => !(path in root.expected.allowed.caches)),
        ...named(
          root,
          /^(root|home\/[^/]+)\/\.cache(\/|$)|(^|\/)(__pycache__|\.pytest_cache|\.npm)$|\.py[co]$/,
        ),
      ]),
  },
  {
    name: 'locks',
    rule: 'Ingot',
    must: 'no lock file of a finished program is there',
    remedy: 'remove it',
    find: (root) =>
      present(named(root, /^(etc|var)\/.*(\.lock|\/lock|\/lock-frontend|\.pid|\/Lock)$/).filter(isFile)),
  },
  {
    name: 'crashes',
    rule: 'Ingot',
    must: 'there are no crash dumps',
    remedy: 'remove it',
    find(root) {
      const owned = ownedPaths(root);
      return present([
        ...named(root, /^var\/(crash|lib\/(systemd\/(coredump|pstore)|kdump))\/./),
        // Packages have files of that name, too.
        ...named(root, /(^|\/)(core(\.\d+)?|nohup\.out|vgcore\.\d+)$/).filter(
          (entry) => isFile(entry) && !owned.has(entry.path),
        ),
      ]);
    },
  },
  {
    name: 'spool',
    rule: 'Ingot',
    must: 'mail, job and print queues are empty',
    remedy: 'remove it',
    find: (root) => present(named(root, /^var\/(mail|spool)\/./).filter(isFile)),
  },
  {
    name: 'cron-jobs',
    rule: 'AWS',
    must: 'only listed cron jobs and timers exist',
    remedy: 'remove it, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) => [
      ...present(
        named(root, /^etc\/(cron\.[^/]+\/.+|anacrontab)$/).filter(
          ({ path }) => !(path in root.expected.allowed.cronJobs) && !path.endsWith('/.placeholder'),
        ),
      ),
      ...linesOf(root, /^etc\/crontab$/)
        .filter(({ path }) => !(path in root.expected.allowed.cronJobs))
        .map(({ path, line }) => ({ path, found: line })),
    ],
  },
  {
    name: 'development',
    rule: 'Ingot',
    must: 'no repository or working copy is there',
    remedy: 'remove it',
    // Packaged modules lie in a folder of another name, to which links of this name lead.
    find: (root) => [
      ...present(named(root, /(^|\/)(\.git|\.hg|\.svn|\.bzr)$/)),
      ...present(named(root, /(^|\/)node_modules$/).filter(({ kind }) => kind === 'd')),
    ],
  },
];

const backups =
  /(~|\.(bak|backup|orig|rej|save|old|swp|swo|tmp)|-old|\.\d+-old)$|(^|\/)(#[^/]*#|\.#[^/]*)$|^etc\/[^/]+-$|^var\/backups\/.|^var\/lib\/ucf\/.*\.\d+$/;

function isFile({ kind }: { kind: string }): boolean {
  return kind === 'f';
}
