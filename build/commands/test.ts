import { basename, join } from 'node:path';
import type { Progress } from '../host/progress.ts';
import { openStore } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { Firmware } from '../model/types.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import type { SmokeReport } from '../vm/report.ts';
import { buildTools, requireRoot, requireTools, testTools } from './_host.ts';
import { benchNatively, readArtifact, smoke } from './_smoke.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'test',
  summary: 'boots finished files in QEMU and judges them',
  arguments: [['<artifacts...>', 'finished files, each with its record beside it']],
  options: [
    {
      flags: '--firmware <name>',
      description: 'bios or uefi instead of all that the target is for',
      several: true,
    },
    { flags: '--out <folder>', description: 'where reports, logs and pictures go', default: 'out/test' },
  ],
  examples: ['ingot test out/nanite-server-*.iso', 'ingot test out/nanite-server-*.iso --firmware uefi'],
  async run(artifacts, options, progress) {
    const firmware = options.firmware as Firmware[] | undefined;
    const reports = await testArtifacts(artifacts, { firmware, out: options.out! }, progress);
    return { text: reports.map(summary).join('\n'), json: reports };
  },
};

export interface TestOptions {
  firmware?: Firmware[];
  out: string;
  /** Extra systemd credentials and the only check files to run: how the suite plants faults. */
  credentials?: Record<string, string>;
  only?: string[];
}

/** Boots artifacts under each firmware and judges them; throws SMOKE_FAILED with every failed check. */
export async function testArtifacts(
  artifacts: string[],
  options: TestOptions,
  progress: Progress,
): Promise<SmokeReport[]> {
  requireRoot();
  await requireTools({ ...buildTools, ...testTools });
  const reports: SmokeReport[] = [];
  for (const artifact of artifacts) reports.push(...(await testArtifact(artifact, options, progress)));
  const failed = reports.filter((report) => !report.ok);
  if (failed.length) throw smokeFailed(failed, options.out);
  return reports;
}

async function testArtifact(
  artifact: string,
  options: TestOptions,
  progress: Progress,
): Promise<SmokeReport[]> {
  const record = await readArtifact(artifact);
  const firmwares = options.firmware ?? record.firmware;
  for (const firmware of firmwares)
    if (!record.firmware.includes(firmware))
      throw new IngotError('USAGE', `${record.file} does not start by ${firmware}`, {
        hint: `it is for ${record.firmware.join(' and ')}`,
      });
  const store = await openStore();
  const accelerator = await probeAccelerator();
  progress.note(`${accelerator.kind}: ${accelerator.reason}`);
  const native = await benchNatively(record, store);
  const reports: SmokeReport[] = [];
  for (const firmware of firmwares) {
    const out = join(options.out, `${basename(artifact)}-${firmware}`);
    const { credentials, only } = options;
    reports.push(await smoke({ artifact, firmware, accelerator, native, out, credentials, only }, progress));
  }
  return reports;
}

function smokeFailed(failed: SmokeReport[], out: string): IngotError {
  const lines = failed.flatMap((report) =>
    report.checks
      .filter((check) => !check.ok)
      .map(
        (check) =>
          `${report.artifact} by ${report.firmware}: ${check.name}: ${(check.message ?? '').slice(0, 400)}`,
      ),
  );
  return new IngotError('SMOKE_FAILED', lines.join('\n'), {
    hint: `look at report.html, console.log, journal.log and screen.png below ${out}`,
  });
}

function summary(report: SmokeReport): string {
  const count = `${report.checks.length} checks ok`;
  return `${report.artifact} by ${report.firmware} on ${report.accelerator}: ${count}, SSH after ${report.bootSeconds.toFixed(0)} s`;
}
