import type { KernelPaths } from '../model/distro.ts';
import type { Hygiene } from '../model/hygiene.ts';
import type { Tree } from '../model/types.ts';
import { lines } from './root.ts';

/** What the recipe says about the root, so that the checks know what was asked for; plain JSON. */
export interface Expected {
  hostname: string;
  suite: string;
  /** Parts of the archive that the recipe takes. */
  components: string[];
  /** Users that log in, as the features' sysusers.d files name them. */
  people: string[];
  /** Lines of etc/fstab that follow from the recipe's disk. */
  mounts: string[];
  /** Paths of all files that features lay over the root. */
  overlay: string[];
  sourceDateEpoch: number;
  /** What base and features bring that a check would refuse. */
  allowed: Hygiene;
  /** Mode, owner and group by path, as the base has them. */
  modes: { [path: string]: string };
  kernel: Pick<KernelPaths, 'image' | 'initramfs'>;
  /** Folder of the package manager's state. */
  packageDatabase: string;
}

/** Reads what is asked for from the overlay, where the features said it. */
export function expectedOf(
  options: { overlay: Tree } & Omit<Expected, 'overlay' | 'hostname' | 'people' | 'mounts'>,
): Expected {
  const { overlay, ...known } = options;
  const texts = overlay.flatMap((entry) => (entry.kind === 'file' ? [entry] : []));
  const accounts = texts.filter(({ path }) => /^(usr\/lib|etc)\/sysusers\.d\//.test(path));
  return {
    ...known,
    hostname: texts.find(({ path }) => path === 'etc/hostname')?.content.trim() ?? '',
    mounts: lines(texts.find(({ path }) => path === 'etc/fstab')?.content),
    people: accounts.flatMap(({ content }) => parseSysusers(content).people),
    overlay: overlay.map(({ path }) => path),
  };
}

/** What sysusers.d(5) text declares: accounts, those of them that may log in, groups, and who joins which. */
export function parseSysusers(text: string): {
  users: string[];
  people: string[];
  groups: string[];
  members: string[];
  /** Ids that users ask for, with their names. */
  ids: [id: string, user: string][];
} {
  const rows = lines(text).map((line) => line.match(/"[^"]*"|\S+/g)!);
  const kind = (...types: string[]) => rows.filter(([type]) => types.includes(type!.replace(/[!+]/g, '')));
  const users = kind('u');
  return {
    users: users.map(([, name]) => name!),
    people: users.filter((row) => row[5] && !/nologin|false/.test(row[5])).map(([, name]) => name!),
    groups: kind('u', 'g').map(([, name]) => name!),
    ids: users
      .map(([, name, id]): [string, string] => [/^\d+/.exec(id ?? '')?.[0] ?? '', name!])
      .filter(([id]) => id),
    members: kind('m').map(([, user, group]) => `${user} ${group}`),
  };
}
