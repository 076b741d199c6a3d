import { IngotError } from '../model/errors.ts';
import type { Allowed } from '../model/hygiene.ts';
import type { RootFacts } from '../model/root-facts.ts';
import { accounts } from './accounts.ts';
import { boot } from './boot.ts';
import type { Check, Topics, Violation } from './check.ts';
import { credentials } from './credentials.ts';
import type { Expected } from './expected.ts';
import { identity } from './identity.ts';
import { leftovers } from './leftovers.ts';
import { names } from './names.ts';
import { packages } from './packages.ts';
import { permissions } from './permissions.ts';
import { privileges } from './privileges.ts';
import { asRoot } from './root.ts';
import { services } from './services.ts';
import { ssh } from './ssh.ts';

/** The checks that every system gets; its distribution has its own besides. */
export const topics: Topics = {
  identity,
  credentials,
  accounts,
  privileges,
  permissions,
  leftovers,
  names,
  packages,
  services,
  ssh,
  boot,
};

/** What a check found wrong. */
export interface Finding {
  check: Check;
  violations: Violation[];
}

/** All checks over one root, the distribution's own among them; those that hold are left out. */
export function judge(facts: RootFacts, expected: Expected, own: Topics): Finding[] {
  const root = asRoot(facts, expected);
  return allChecks(own)
    .map((check) => ({ check, violations: check.find(root) }))
    .filter(({ violations }) => violations.length);
}

export function allChecks(own: Topics): Check[] {
  return [topics, own].flatMap((all) => Object.values(all).flat());
}

/** Throws HYGIENE with every violation, its check and what to do. */
export function assertClean(findings: Finding[]): void {
  if (!findings.length) return;
  const count = findings.reduce((sum, { violations }) => sum + violations.length, 0);
  const told = findings.map(({ check, violations }) =>
    [
      `${check.name} (${check.rule}): ${check.must}; ${check.remedy}`,
      ...violations.map(({ path, found }) => `    /${path}: ${found}`),
    ].join('\n  '),
  );
  throw new IngotError(
    'HYGIENE',
    `the root holds ${count} things that no image may have\n  ${told.join('\n  ')}`,
    {
      hint: 'change what adds them: a feature, its overlay, a package list, or the stage root',
    },
  );
}

/**
 * What was looked at, by which checks, and what was met of that which is allowed by name, with the reasons.
 */
export function reportOf(facts: RootFacts, { allowed }: Expected, own: Topics): object {
  const paths = new Set(facts.entries.map(({ path }) => path));
  const attributes = new Set(facts.attributes.map(({ path, name }) => `${path} ${name}`));
  const met = (allowed: Allowed, seen: Set<string>) =>
    Object.fromEntries(Object.entries(allowed).filter(([path]) => seen.has(path)));
  return {
    entries: facts.entries.length,
    checks: Object.fromEntries(
      Object.entries({ ...topics, ...own }).map(([topic, all]) => [topic, all.map(({ name }) => name)]),
    ),
    allowed: {
      setUid: met(allowed.setUid, paths),
      setGid: met(allowed.setGid, paths),
      openFolders: met(allowed.openFolders, paths),
      attributes: met(allowed.attributes, attributes),
      cronJobs: met(allowed.cronJobs, paths),
      deadLinks: met(allowed.deadLinks, paths),
    },
  };
}
