import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { testArtifacts } from '../commands/test.ts';
import { exists, repository, writeAtomic } from '../host/fs/files.ts';
import { createProgress } from '../host/progress.ts';
import { readTarget, targetNames } from '../project/inputs.ts';
import { overviewRows } from '../vm/overview.ts';
import { renderOverview } from '../vm/overview-page.ts';
import type { SmokeReport } from '../vm/report.ts';
import { buildDefaultImage } from './support/images.ts';

/**
 * Every target is built and started in QEMU, with power cuts spread over the disks. A sample of it:
 *   INGOT_TARGETS='qcow2 nocloud'   these targets alone
 *   INGOT_POWER_CUTS=4              as many instead of 20
 *   INGOT_CUT_SEED=2                other moments than those of seed 1
 * Writes out/qemu/report.html and report.json, of which scripts/results/starts.json is a copy.
 */
const targets = process.env.INGOT_TARGETS?.split(/\s+/).filter(Boolean) ?? (await targetNames());
const cuts = Number(process.env.INGOT_POWER_CUTS ?? 20);
const seed = process.env.INGOT_CUT_SEED ?? '1';
// Now, and not after the others have been started for an hour.
for (const name of targets) await readTarget(name);

const out = join(repository, 'out', 'qemu');
const reports: SmokeReport[] = [];
const failures: string[] = [];

// After each, so that a run that is stopped keeps what it has seen.
afterEach(async ({ task }) => {
  for (const { message } of task.result?.errors ?? []) failures.push(`${task.name}: ${message}`);
  const pictures: { [folder: string]: string } = {};
  for (const { folder } of reports)
    if (await exists(join(folder, 'screen.png')))
      pictures[folder] = readFileSync(join(folder, 'screen.png')).toString('base64');
  await writeAtomic(join(out, 'report.html'), renderOverview(reports, pictures, failures));
  await writeAtomic(join(out, 'report.json'), `${JSON.stringify(overviewRows(reports), null, 2)}\n`);
});

test.each(targets)(
  '%s starts by every firmware, with every way to hand metadata over, and after power cuts',
  async (target) => {
    const { path } = await buildDefaultImage(target);
    const seen = (report: SmokeReport) => reports.push(report);
    const options = { out, powerCuts: powerCutsOf(target), seen };
    await testArtifacts([path], options, createProgress({ json: false }));
    expect(reports.length).toBeGreaterThan(0);
  },
);

/**
 * A target's part of the cuts. They are counted through, so that half of them come while a model is loaded.
 */
function powerCutsOf(target: string) {
  const disks = targets.filter((name) => name !== 'iso');
  const index = disks.indexOf(target);
  const until = (number: number) => Math.floor((number * cuts) / disks.length);
  if (index < 0) return { count: 0, seed };
  return { count: until(index + 1) - until(index), first: until(index) + 1, seed };
}
