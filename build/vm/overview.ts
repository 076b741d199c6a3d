import type { SmokeReport } from './report.ts';

/** One artifact as the overview has it: what holds on every machine, and what was measured on this one. */
export interface OverviewRow {
  target: string;
  artifact: string;
  /** Of what was started, to be held against what was proved to be the same each time. */
  sha256: string;
  format: string;
  /** Where it was started, by what firmware and from which controllers, in order. */
  platforms: string[];
  firmware: string[];
  controllers: string[];
  checks: { ok: number; failed: number };
  powerCuts: { ok: number; failed: number };
  /** The same machine after every restart: identity, user data, host keys. */
  sameIdentity: boolean;
  measured: { bootSeconds: number[]; tokensPerSecond?: number; accelerator: string };
}

const isCut = ({ name }: { name: string }) => name.startsWith('power cut ');

/** One row per artifact, in the order of the targets' names. */
export function overviewRows(reports: SmokeReport[]): OverviewRow[] {
  const targets = [...new Set(reports.map(({ target }) => target))].sort();
  return targets.map((target) =>
    rowOf(
      target,
      reports.filter((report) => report.target === target),
    ),
  );
}

function rowOf(target: string, reports: SmokeReport[]): OverviewRow {
  const [first] = reports as [SmokeReport];
  const distinct = (values: string[]) => [...new Set(values)];
  const checks = reports.flatMap((report) => report.checks);
  const count = (of: typeof checks) => ({
    ok: of.filter(({ ok }) => ok).length,
    failed: of.filter(({ ok }) => !ok).length,
  });
  const generation = reports.map(
    ({ figures }) => figures['generation tokens/s'] as { mean: number } | undefined,
  );
  return {
    target,
    artifact: first.artifact,
    sha256: first.sha256,
    format: first.format,
    platforms: distinct(reports.map(({ platform }) => platform)),
    firmware: distinct(reports.map(({ firmware }) => firmware)),
    controllers: distinct(reports.map(({ controller }) => controller)),
    checks: count(checks.filter((check) => !isCut(check))),
    powerCuts: count(checks.filter(isCut)),
    sameIdentity: reports.every(({ start, identity, platform }) => {
      const born = reports.find((report) => report.platform === platform && report.start === 1)!;
      return start === 1 || JSON.stringify(identity) === JSON.stringify(born.identity);
    }),
    measured: {
      bootSeconds: reports.map(({ bootSeconds }) => Math.round(bootSeconds)),
      tokensPerSecond: generation.find(Boolean)?.mean,
      accelerator: first.accelerator,
    },
  };
}
