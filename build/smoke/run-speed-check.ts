import { availableParallelism, loadavg } from 'node:os';
import type { Progress } from '../host/progress.ts';
import type { BenchRow, Session } from '../vm/session.ts';
import { speedCheck } from './check-names.ts';
import { type Checked, runChecks } from './run-checks.ts';

const repetitions = 2;

/**
 * Compares the guest's speed with the host's. Where the guest is too slow, the host may have had other work
 * just then: both are measured again, one right after the other, before the image is blamed.
 */
export async function runSpeedCheck(
  session: Session,
  bench: () => Promise<BenchRow[]>,
  progress: Progress,
  check: (session: Session) => Promise<Checked> = (asked) => runChecks(asked, [speedCheck]),
): Promise<Checked> {
  let measured = await check(session);
  for (let n = 0; n < repetitions && measured.checks.some(({ ok }) => !ok); n++) {
    const [load, processors] = [loadavg()[0]!.toFixed(1), availableParallelism()];
    progress.note(
      `the guest was slower than it must be; host and guest are measured again (load ${load} on ${processors} processors)`,
    );
    measured = await check({ ...session, native: await bench() });
    measured.figures['speed measured'] = `${n + 2} times`;
  }
  return measured;
}
