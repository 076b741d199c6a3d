import type { SmokeReport } from '../vm/report.ts';

/** Under another of these a time is no comparison; a disk's first start is unlike all later ones. */
export const conditions = ['start', 'firmware', 'controller', 'platform', 'accelerator'] as const;
type Conditions = Pick<SmokeReport, (typeof conditions)[number]>;

/** A boot of both images under the same conditions. */
export interface Measured extends Conditions {
  /** Power-on to SSH, in seconds. */
  boot: { a: number; b: number };
  /** Generated tokens/s on the guest, where both were measured. */
  tokens?: { a: number; b: number };
}

/** Pairs the reports of two artifacts by all their conditions. */
export function pairReports(a: SmokeReport[], b: SmokeReport[]): Measured[] {
  return a.flatMap((one) => {
    const other = b.find((report) => conditions.every((name) => report[name] === one[name]));
    if (!other) return [];
    const { start, firmware, controller, platform, accelerator } = one;
    const [from, to] = [tokensOf(one), tokensOf(other)];
    return [
      {
        ...{ start, firmware, controller, platform, accelerator },
        boot: { a: one.bootSeconds, b: other.bootSeconds },
        ...(from !== undefined && to !== undefined ? { tokens: { a: from, b: to } } : {}),
      },
    ];
  });
}

/** `start 2 by uefi on nvme (aws) under tcg`. */
export function describeConditions(measured: Conditions): string {
  const { start, firmware, controller, platform, accelerator } = measured;
  return `start ${start} by ${firmware} on ${controller} (${platform}) under ${accelerator}`;
}

function tokensOf({ figures }: SmokeReport): number | undefined {
  const rate = figures['generation tokens/s'] as { mean?: unknown } | undefined;
  return typeof rate?.mean === 'number' ? rate.mean : undefined;
}
