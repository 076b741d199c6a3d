import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../host/fs/files.ts';
import { IngotError, nearest } from '../../model/errors.ts';

/** `quick` is what `npm test` runs, `night` is everything. */
export const tiers = ['quick', 'night'] as const;
export type Tier = (typeof tiers)[number];

/** A file of tests that builds, boots or breaks whole images; it is run in a process of its own. */
export interface Suite {
  /** Name of the file without its ending, as `convert`. */
  name: string;
  /** Path in the repository. */
  file: string;
  /** The project of vitest.config.ts that the file belongs to. */
  project: 'suites' | 'faults';
}

/** All suites of a tier, sorted by their paths: one that is added to a folder is found. */
export function findSuites(tier: Tier): Suite[] {
  const ending = `.${tier}.ts`;
  return (['suites', 'faults'] as const).flatMap((project) =>
    readdirSync(join(repository, 'build', project))
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => ({
        name: file.slice(0, -ending.length),
        file: `build/${project}/${file}`,
        project,
      })),
  );
}

/** The suites that were named: by name, by path, or `faults` and `suites` for all of a folder. */
export function chooseSuites(suites: Suite[], names: string[]): Suite[] {
  if (!names.length) return suites;
  const isNamed = (suite: Suite, name: string) => [suite.name, suite.file, suite.project].includes(name);
  for (const name of names) {
    if (suites.some((suite) => isNamed(suite, name))) continue;
    const known = suites.map((suite) => suite.name);
    throw new IngotError('USAGE', `no suite is named ${name}`, {
      hint: existsSync(join(repository, name))
        ? `${name} is no suite of this tier`
        : `did you mean ${nearest(name, known) ?? known.join(', ')}?`,
    });
  }
  return suites.filter((suite) => names.some((name) => isNamed(suite, name)));
}

/** Whether a quick suite boots machines. */
export const bootsMachines = ({ name }: Suite) => ['boot', 'disk'].includes(name);

/**
 * The quick suites in two lanes that run side by side: an emulated machine leaves a part of two processors
 * idle while it boots, which is enough for suites that boot none. Lanes without a suite are left out.
 */
export function lanesOf(suites: Suite[]): Suite[][] {
  const boots = suites.filter(bootsMachines);
  const others = suites.filter((suite) => !bootsMachines(suite));
  return [boots, others].filter((lane) => lane.length);
}
