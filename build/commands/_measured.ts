import type { SmokeReport } from '../vm/report.ts';

/** A boot of both images under the same conditions. */
export interface Measured {
  firmware: string;
  accelerator: string;
  /** Power-on to SSH, in seconds. */
  boot: { a: number; b: number };
  /** Generated tokens/s on the guest, where both were measured. */
  tokens?: { a: number; b: number };
}

/** Pairs the reports of two artifacts by firmware and accelerator; times under another accelerator are no comparison. */
export function pairReports(a: SmokeReport[], b: SmokeReport[]): Measured[] {
  return a.flatMap((one) => {
    const other = b.find(
      ({ firmware, accelerator }) => firmware === one.firmware && accelerator === one.accelerator,
    );
    if (!other) return [];
    const [from, to] = [tokensOf(one), tokensOf(other)];
    return [
      {
        firmware: one.firmware,
        accelerator: one.accelerator,
        boot: { a: one.bootSeconds, b: other.bootSeconds },
        ...(from !== undefined && to !== undefined ? { tokens: { a: from, b: to } } : {}),
      },
    ];
  });
}

function tokensOf({ figures }: SmokeReport): number | undefined {
  const rate = figures['generation tokens/s'] as { mean?: unknown } | undefined;
  return typeof rate?.mean === 'number' ? rate.mean : undefined;
}
