import type { BuildEnvironment } from '../host/environment.ts';
import { IngotError } from '../model/errors.ts';

/** One way to change the world around a build; `build/verify/environments/<name>.sh` does it. */
export interface Environment {
  name: string;
  /** What is varied, for people. */
  varies: string;
  /** Name of the script, where it is another environment's; default: the environment's name. */
  script?: string;
  /** Name of the folder that holds checkout, store and output; default the environment's name. */
  folder?: string;
  /** Evidence that it had an effect, from what the build itself saw and logged; undefined without any. */
  evidence(seen: Seen, baseline: Seen): string | undefined;
}

/** What a build saw of its environment, and all that the tools of its stages wrote. */
export interface Seen {
  buildEnvironment: BuildEnvironment;
  logs: string;
}

const aDay = 86_400;

/** The environments of `ingot verify`, in the order in which they are taken; the first is compared with. */
export const environments: Environment[] = [
  { name: 'baseline', varies: 'nothing', evidence: () => 'as this machine is' },
  {
    name: 'clock',
    varies: 'the clock is 400 days ahead, for Ingot, its tools and the package scripts',
    evidence({ buildEnvironment, logs }, baseline) {
      const said = ['tools', 'root'].map((where) =>
        Number(new RegExp(`the clock of the ${where} says (\\d+)`).exec(logs)?.[1]),
      );
      const ahead = [buildEnvironment.clock, ...said].map(
        (clock) => (clock - baseline.buildEnvironment.clock) / aDay,
      );
      if (!ahead.every((days) => days > 399.9 && days < 401)) return undefined;
      return `clocks of Ingot, tools and root ${ahead.map((days) => Math.floor(days)).join(', ')} days ahead`;
    },
  },
  {
    name: 'locale',
    varies: 'time zone and language',
    evidence({ buildEnvironment: { utcOffsetMinutes, locale } }) {
      if (utcOffsetMinutes !== 720 || locale !== 'et-EE') return undefined;
      return `${utcOffsetMinutes / 60} hours behind UTC, language ${locale}`;
    },
  },
  {
    name: 'user',
    varies: 'user and group ids, HOME, umask; the tools tree is rebuilt',
    evidence({ buildEnvironment: { outsideUid, umask, home } }, baseline) {
      if (outsideUid !== 100_000 || umask !== 0o077 || home === baseline.buildEnvironment.home)
        return undefined;
      return `uid ${outsideUid}, umask ${umask.toString(8).padStart(3, '0')}, another HOME`;
    },
  },
  {
    name: 'path',
    varies: 'paths of checkout, store and output: long, with spaces and non-ASCII characters',
    script: 'baseline',
    folder: `tühi koht ${'väga pikk nimi '.repeat(6)}õ`,
    evidence({ buildEnvironment: { checkout, store } }) {
      const odd = [checkout, store].filter(
        (path) => path.length > 100 && / /.test(path) && /[^ -~]/.test(path),
      );
      return odd.length === 2 ? 'paths of over 100 characters, with spaces and umlauts' : undefined;
    },
  },
  {
    name: 'cpu',
    varies: 'one CPU at the lowest priority, against all',
    evidence({ buildEnvironment: { cpus, nice } }, baseline) {
      const all = baseline.buildEnvironment.cpus;
      return cpus === 1 && all > 1 && nice === 19 ? `1 CPU against ${all}, nice ${nice}` : undefined;
    },
  },
  {
    name: 'order',
    varies: 'checkout, tools and work copied to memory, where directories list their files in another order',
    evidence({ buildEnvironment: { storeFileSystem, directoryOrder } }, baseline) {
      const same = directoryOrder === baseline.buildEnvironment.directoryOrder;
      return storeFileSystem === 'tmpfs' && !same
        ? 'store on tmpfs, directories in another order'
        : undefined;
    },
  },
  {
    name: 'host',
    varies: 'host name, name server, /bin/sh, another time zone, stray environment variables',
    evidence({ buildEnvironment: { hostName, shell, variables, utcOffsetMinutes } }, baseline) {
      const stray = variables.filter((name) => !baseline.buildEnvironment.variables.includes(name));
      const other = hostName === 'ingot-verify.example' && shell === 'bash' && utcOffsetMinutes === -840;
      if (!other || stray.length < 10) return undefined;
      return `host ${hostName}, /bin/sh is ${shell}, ${stray.length} stray variables, 14 hours ahead of UTC`;
    },
  },
];

/** The baseline, and the others by name. */
export function chosen(names: string[]): Environment[] {
  return environments.filter(({ name }, index) => index === 0 || names.includes(name));
}

/** Environments by name, else the first of them up to a number that counts the baseline. */
export function environmentNames(only: string[] | undefined, count: string): string[] {
  const names = environments.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown)
    throw new IngotError('USAGE', `environment ${unknown} does not exist`, {
      hint: `there are ${names.join(', ')}`,
    });
  if (only) return only;
  const number = Number(count);
  if (Number.isInteger(number) && number >= 2 && number <= names.length) return names.slice(0, number);
  throw new IngotError('USAGE', `--environments ${count} is not a number from 2 to ${names.length}`, {
    hint: 'the baseline counts as one',
  });
}
