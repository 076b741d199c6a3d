/** What a check of the finished root would refuse, each with the reason why it is right as it is. */
export interface Allowed {
  [what: string]: string;
}

/** The exceptions that the checks know, by list. */
export const hygieneLists = [
  // Programs that run as root for every user, by path.
  'setUid',
  // Programs with the rights of a group, and folders whose files get their group, by path.
  'setGid',
  // Folders that everybody may write to, by path; they need the sticky bit as well.
  'openFolders',
  // Configuration and programs that belong to another account than root, as `path account`.
  'owners',
  // Other modes and owners of files that decide who gets in: `path 0710 user:group`.
  'modes',
  // Extended attributes: `path name`.
  'attributes',
  // Files in var/log, by path: for programs that write to their log only when it is there.
  'logs',
  // Files in var/cache, by path: for programs that ship or need them.
  'caches',
  // Scripts that a package has run by the clock, by path.
  'cronJobs',
  // Links that lead nowhere in the image, by path.
  'deadLinks',
  // Units of the users' own systemd that are on.
  'userUnits',
  // Socket units that listen on a network.
  'sockets',
  // What listens on the running machine's network, as `tcp 22 sshd`: protocol, port, program.
  'listeners',
  // Packaged files that are not as their package brought them, by path, besides those of an overlay.
  'altered',
  // Packaged texts that look like a private key or an access key, by path.
  'publishedKeys',
  // What programs make when packages are configured and no package lists: a path, or a pattern that begins
  // with `^`.
  'generated',
  // Accounts that no sysusers.d file declares: `name`, or `name id` where the id is fixed.
  'users',
  'groups',
  // Who is in a further group without a sysusers.d file that says so: `user group`.
  'members',
  // Accounts with a shell that are no people: `name shell`.
  'shells',
  // Whom a package lets use sudo, besides root: `%group` or `user`.
  'sudo',
] as const;

/** All exceptions for an image. */
export type Hygiene = { [list in (typeof hygieneLists)[number]]: Allowed };

/** The exceptions of one feature. */
export type FeatureHygiene = Partial<Hygiene>;

/** Everything that any of them allows. */
export function unionOf(exceptions: FeatureHygiene[]): Hygiene {
  const lists = hygieneLists.map((list) => [list, Object.assign({}, ...exceptions.map((one) => one[list]))]);
  return Object.fromEntries(lists) as Hygiene;
}
