import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { targetNames } from '../build/commands/_inputs.ts';
import { build } from '../build/commands/build.ts';
import { testArtifacts } from '../build/commands/test.ts';
import { exists, repository, writeAtomic } from '../build/host/files.ts';
import { listenForSignals } from '../build/host/interrupt.ts';
import { createProgress } from '../build/host/progress.ts';
import { fixUmask } from '../build/host/surroundings.ts';
import { IngotError, toIngotError } from '../build/model/errors.ts';
import { overviewRows } from '../build/vm/overview.ts';
import { renderOverview } from '../build/vm/overview-page.ts';
import type { SmokeReport } from '../build/vm/report.ts';

/**
 * Builds targets and starts each of them in QEMU: `--all`, or `--target NAME` several times, or else one disk and one
 * cloud. The power is cut `--power-cuts N` times, 20 for `--all`, spread over the disks; `--seed S` decides the moments.
 * Writes out/qemu/report.html and report.json.
 */
const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    target: { type: 'string', multiple: true },
    recipe: { type: 'string', default: 'nanite-server' },
    lock: { type: 'string' },
    'power-cuts': { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
fixUmask();
listenForSignals();
const progress = createProgress({ json: false });
const out = join(repository, 'out', 'qemu');
const targets = values.target ?? (values.all ? await targetNames() : ['qcow2', 'nocloud']);
const cuts = Number(values['power-cuts'] ?? (values.all ? 20 : 0));
if (!(Number.isInteger(cuts) && cuts >= 0)) throw new IngotError('USAGE', `--power-cuts ${cuts} is no count`);
const disks = targets.filter((name) => name !== 'iso');
const reports: SmokeReport[] = [];
const failures: string[] = [];
for (const target of targets) {
  const options = { target: [target], out: join(repository, 'out'), lock: values.lock };
  // One that fails does not keep the others from being started.
  try {
    const [built] = await build(values.recipe, options, progress);
    const seen = (report: SmokeReport) => reports.push(report);
    await testArtifacts([built!.path], { out, powerCuts: powerCutsOf(target), seen }, progress);
  } catch (thrown) {
    const error = toIngotError(thrown);
    if (error.code === 'INTERRUPTED') throw error;
    failures.push(`${target}: ${error.code}: ${error.message}`);
    progress.note(failures.at(-1)!);
  }
  // After each, so that a run that is stopped keeps what it has seen.
  await writeOverview();
}
console.log(
  `${targets.length} targets, ${reports.length} starts, ${failures.length} failures: ${join(out, 'report.html')}`,
);
process.exitCode = failures.length ? 10 : 0;

/** A target's part of the cuts; no two targets are cut at the same moments. */
function powerCutsOf(target: string): { count: number; seed: string } {
  const index = disks.indexOf(target);
  const until = (number: number) => Math.floor((number * cuts) / disks.length);
  return { count: index < 0 ? 0 : until(index + 1) - until(index), seed: `${values.seed}-${target}` };
}

async function writeOverview(): Promise<void> {
  const pictures: { [folder: string]: string } = {};
  for (const { folder } of reports)
    if (await exists(join(folder, 'screen.png')))
      pictures[folder] = readFileSync(join(folder, 'screen.png')).toString('base64');
  await writeAtomic(join(out, 'report.html'), renderOverview(reports, pictures, failures));
  await writeAtomic(join(out, 'report.json'), `${JSON.stringify(overviewRows(reports), null, 2)}\n`);
}
