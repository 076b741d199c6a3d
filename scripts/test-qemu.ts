import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../build/commands/build.ts';
import { testArtifacts } from '../build/commands/test.ts';
import { fixUmask } from '../build/host/environment.ts';
import { exists, repository, writeAtomic } from '../build/host/fs/files.ts';
import { listenForSignals } from '../build/host/interrupt.ts';
import { printError } from '../build/host/print-error.ts';
import { createProgress } from '../build/host/progress.ts';
import { IngotError, toIngotError } from '../build/model/errors.ts';
import { readTarget, targetNames } from '../build/project/inputs.ts';
import { overviewRows } from '../build/vm/overview.ts';
import { renderOverview } from '../build/vm/overview-page.ts';
import type { SmokeReport } from '../build/vm/report.ts';

interface Options {
  recipe: string;
  lock?: string;
  targets: string[];
  cuts: number;
  seed: string;
}

const out = join(repository, 'out', 'qemu');
/**
 * Builds targets and starts each of them in QEMU: `--all`, or `--target NAME` several times, or else one disk and one
 * cloud. The power is cut `--power-cuts N` times, 20 for `--all`, spread over the disks; `--seed S` decides the moments.
 * Writes out/qemu/report.html and report.json.
 */
fixUmask();
listenForSignals();
try {
  process.exitCode = await testAll(await readOptions());
} catch (error) {
  process.exitCode = printError(toIngotError(error));
}

async function readOptions(): Promise<Options> {
  const { recipe, lock, all, target, seed, 'power-cuts': cuts = all ? '20' : '0' } = readArguments();
  if (!/^\d{1,4}$/.test(cuts))
    throw new IngotError('USAGE', `--power-cuts ${cuts} is no count`, { hint: '--power-cuts 20' });
  const targets = target ?? (all ? await targetNames() : ['qcow2', 'nocloud']);
  // Now, and not after the others have been started for an hour.
  for (const name of targets) await readTarget(name);
  return { recipe, lock, targets, cuts: Number(cuts), seed };
}

function readArguments() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        all: { type: 'boolean', default: false },
        target: { ...text, multiple: true },
        recipe: { ...text, default: 'nanite-server' },
        lock: text,
        'power-cuts': text,
        seed: { ...text, default: '1' },
      },
    }).values;
  } catch (error) {
    throw new IngotError('USAGE', (error as Error).message, { hint: 'npm run test:qemu -- --all' });
  }
}

/** Returns the exit status. */
async function testAll(options: Options): Promise<number> {
  const progress = createProgress({ json: false });
  const { recipe, lock, targets } = options;
  const reports: SmokeReport[] = [];
  const failures: string[] = [];
  for (const target of targets) {
    // One that fails does not keep the others from being started.
    try {
      const [built] = await build(recipe, { target: [target], out: join(repository, 'out'), lock }, progress);
      const seen = (report: SmokeReport) => reports.push(report);
      await testArtifacts([built!.path], { out, powerCuts: powerCutsOf(target, options), seen }, progress);
    } catch (thrown) {
      const error = toIngotError(thrown);
      if (error.code === 'INTERRUPTED') throw error;
      failures.push(`${target}: ${error.code}: ${error.message}`);
      progress.note(failures.at(-1)!);
    }
    // After each, so that a run that is stopped keeps what it has seen.
    await writeOverview(reports, failures);
  }
  console.log(
    `${targets.length} targets, ${reports.length} starts, ${failures.length} failures: ${join(out, 'report.html')}`,
  );
  return failures.length ? 10 : 0;
}

/** A target's part of the cuts. They are counted through, so that half of them come while a model is loaded. */
function powerCutsOf(target: string, { targets, cuts, seed }: Options) {
  const disks = targets.filter((name) => name !== 'iso');
  const index = disks.indexOf(target);
  const until = (number: number) => Math.floor((number * cuts) / disks.length);
  if (index < 0) return { count: 0, seed };
  return { count: until(index + 1) - until(index), first: until(index) + 1, seed };
}

async function writeOverview(reports: SmokeReport[], failures: string[]): Promise<void> {
  const pictures: { [folder: string]: string } = {};
  for (const { folder } of reports)
    if (await exists(join(folder, 'screen.png')))
      pictures[folder] = readFileSync(join(folder, 'screen.png')).toString('base64');
  await writeAtomic(join(out, 'report.html'), renderOverview(reports, pictures, failures));
  await writeAtomic(join(out, 'report.json'), `${JSON.stringify(overviewRows(reports), null, 2)}\n`);
}
