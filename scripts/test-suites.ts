import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatDuration } from '../build/formats/text/size.ts';
import { endWithParent } from '../build/host/end-with-parent.ts';
import { fixUmask } from '../build/host/environment.ts';
import { repository } from '../build/host/fs/files.ts';
import { printError } from '../build/host/print-error.ts';
import { IngotError, toIngotError } from '../build/model/errors.ts';
import { renderPage, renderTable } from '../build/suites/run/report.ts';
import { type Outcome, runSuite } from '../build/suites/run/run-suite.ts';
import {
  chooseSuites,
  findSuites,
  lanesOf,
  type Suite,
  type Tier,
  tiers,
} from '../build/suites/run/suites.ts';
import { parseShard, readTimes, recordTimes, shardOf } from '../build/suites/run/times.ts';
import { buildDefaultImages } from '../build/suites/support/images.ts';
import { probeAccelerator } from '../build/vm/accelerator.ts';

/**
 * Runs the suites of a tier one after another, and goes on after a failure:
 *   test-suites.ts quick | night [NAME]… [--shard 1/4] [--record]
 * A name is a suite's (`convert`), its path, or a folder's (`faults`). `--record` writes the times of those
 * that passed into scripts/results/suite-times.json. At the end there is one table, and report.html and
 * report.json in out/quick or out/night. The exit status is 1 when a suite failed or had no test that ran.
 */
fixUmask();
try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = printError(toIngotError(error));
}

async function main(): Promise<number> {
  const { tier, names, shard, record } = readArguments();
  const chosen = chooseSuites(findSuites(tier), names);
  const suites = shard ? shardOf(chosen, readTimes(), parseShard(shard)) : chosen;
  const folder = join(repository, 'out', tier);
  mkdirSync(folder, { recursive: true });
  // What one process of this run has measured on the host, the others need not.
  process.env.INGOT_NATIVE_BENCH = join(folder, 'native-bench');
  rmSync(process.env.INGOT_NATIVE_BENCH, { recursive: true, force: true });
  // The fault suites have one seed, and their cases are counted together.
  process.env.INGOT_FAULT_SEED ??= String(Math.floor(Math.random() * 2 ** 31));
  process.env.INGOT_FAULT_CASES = join(folder, 'fault-cases.jsonl');
  rmSync(process.env.INGOT_FAULT_CASES, { force: true });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  // npm runs this by a shell, which passes no signal on.
  if (process.env.npm_lifecycle_event) endWithParent();
  const outcomes: Outcome[] = [];
  const lanes = await lanesFor(tier, suites);
  const runLane = async (lane: Suite[]) => {
    for (const suite of lane) {
      if (stop.signal.aborted) break;
      console.log(`\n=== ${suite.file}`);
      outcomes.push(await runSuite(suite, { folder, signal: stop.signal, beside: lanes.length > 1 }));
      // After each, so that a run that is stopped keeps what it has seen.
      writeFileSync(join(folder, 'report.html'), renderPage(outcomes));
      writeFileSync(join(folder, 'report.json'), `${JSON.stringify(outcomes, null, 2)}\n`);
    }
  };
  await Promise.all(lanes.map(runLane));
  if (record) recordTimes(outcomes);
  console.log(`\n${join(folder, 'report.html')}\n\n${renderTable(outcomes)}`);
  if (stop.signal.aborted) return 130;
  return outcomes.every(({ ok }) => ok) ? 0 : 1;
}

/**
 * Two lanes for the quick suites under emulation, when both have something to do. What both need is built
 * before, so that neither builds it beside the other; if it fails, so do the suites. With KVM the speed
 * of guest and host is compared, and nothing else may run.
 */
async function lanesFor(tier: Tier, suites: Suite[]): Promise<Suite[][]> {
  const lanes = lanesOf(suites);
  if (tier !== 'quick' || lanes.length < 2 || (await probeAccelerator()).kind !== 'tcg') return [suites];
  const started = Date.now();
  console.log('\n=== building the default image as ISO and qcow2');
  const sentence = await buildDefaultImages(['iso', 'qcow2']).then(
    () => 'built',
    (error: Error) => `failed: ${error.message}`,
  );
  console.log(`${sentence} after ${formatDuration(Date.now() - started)}`);
  return lanes;
}

function readArguments() {
  try {
    const options = { shard: { type: 'string' }, record: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [tier, ...names] = positionals;
    if (!tiers.includes(tier as Tier)) throw new Error(`the first argument is one of ${tiers.join(', ')}`);
    return { tier: tier as Tier, names, ...values };
  } catch (error) {
    throw new IngotError('USAGE', (error as Error).message, { hint: 'npm run test:nightly -- convert sign' });
  }
}
