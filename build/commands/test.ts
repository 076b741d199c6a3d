import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { excerpt } from '../formats/text/excerpt.ts';
import type { Progress } from '../host/progress.ts';
import { openStore } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord, Firmware } from '../model/types.ts';
import { assertUnchanged, readArtifact } from '../project/artifact.ts';
import { toolsTree } from '../project/tools-tree.ts';
import { checkNames, modelUnit } from '../smoke/check-names.ts';
import { benchNatively, benchNativelyNow } from '../smoke/native-bench.ts';
import { cutPower } from '../smoke/power-cuts.ts';
import { smoke, writeReport } from '../smoke/smoke.ts';
import { type Start, startsOf } from '../smoke/starts.ts';
import { prepareMachine } from '../smoke/test-machine.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import type { StartCloud } from '../vm/clouds/cloud.ts';
import { type CloudName, cloudsOf } from '../vm/clouds/start.ts';
import type { MachineShape } from '../vm/machine-shape.ts';
import type { SmokeReport } from '../vm/report.ts';
import { buildTools, requireHost, testTools } from './_host.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'test',
  summary: 'boots finished files in QEMU and runs the checks of their features on the running machine',
  arguments: [['<artifacts...>', 'finished files, each with its record beside it']],
  options: [
    {
      flags: '--firmware <name>',
      description: 'boot only by bios or uefi instead of all that the target supports',
      several: true,
    },
    {
      flags: '--power-cuts <count>',
      description: 'also cut the power of this many new machines at random moments, and start them again',
    },
    { flags: '--seed <text>', description: 'repeat the moments of an earlier run; its seed was printed' },
    { flags: '--out <folder>', description: 'where reports, logs and pictures go', default: 'out/test' },
  ],
  examples: ['ingot test out/nanite-server-*.iso', 'ingot test out/nanite-server-*.qcow2 --power-cuts 10'],
  async run(artifacts, options, progress) {
    const firmware = options.firmware as Firmware[] | undefined;
    const count = Number(options.powerCuts ?? 0);
    if (!Number.isInteger(count) || count < 0)
      throw new IngotError('USAGE', `--power-cuts ${options.powerCuts} is not a number`, {
        hint: 'a whole number, 0 or more',
      });
    const powerCuts = { count, seed: options.seed ?? randomBytes(4).toString('hex') };
    const reports = await testArtifacts(artifacts, { firmware, powerCuts, out: options.out! }, progress);
    return { text: reports.map(summary).join('\n'), json: reports };
  },
};

export interface TestOptions {
  firmware?: Firmware[];
  out: string;
  /** Extra credentials, and the only check files to run where they belong: how the suite plants faults. */
  credentials?: Record<string, string>;
  only?: string[];
  /** Called with the report of each start, whatever it says. */
  seen?: (report: SmokeReport) => void;
  /**
   * How often new machines lose their power, and what their moments follow from: seed and numbers, from 1 by
   * default.
   */
  powerCuts?: { count: number; first?: number; seed: string };
  /** Other ways to hand metadata over than all of the platform's. */
  clouds?: CloudName[];
  /** A cloud of the suite's own, with a fault planted in it. */
  startCloud?: StartCloud;
  /** Another machine than the usual. */
  shape?: MachineShape;
}

/** Boots artifacts under each firmware and judges them; throws SMOKE_FAILED with every failed check. */
export async function testArtifacts(
  artifacts: string[],
  options: TestOptions,
  progress: Progress,
): Promise<SmokeReport[]> {
  await requireHost({ ...buildTools, ...testTools });
  const reports: SmokeReport[] = [];
  for (const artifact of artifacts) reports.push(...(await testArtifact(artifact, options, progress)));
  const failed = reports.filter((report) => !report.ok);
  if (failed.length) throw smokeFailed(failed, options.out);
  return reports;
}

async function testArtifact(path: string, options: TestOptions, progress: Progress): Promise<SmokeReport[]> {
  const artifact = resolve(path);
  const record = await readArtifact(artifact);
  const machines = startsOf(record, options.firmware);
  const store = await openStore();
  const accelerator = await probeAccelerator();
  progress.note(`${accelerator.kind}: ${accelerator.reason}`);
  const tools = await toolsTree(record, { store, progress });
  const place = { store, progress, tools };
  const native = modelUnit(record) ? await benchNatively(record, place) : [];
  const benchAgain = () => benchNativelyNow(record, place);
  const reports: SmokeReport[] = [];
  for (const cloud of options.clouds ?? cloudsOrNone(record))
    for (const starts of machines) {
      const machine = await prepareMachine(artifact, record, cloud, options.startCloud);
      try {
        for (const start of starts) {
          const out = join(resolve(options.out), folderOf(record, start, cloud));
          const { only } = options;
          const names = checksOf(record, start, cloud).filter((name) => only?.includes(name) ?? true);
          const before = start.number > 1 ? reports.at(-1)!.identity : undefined;
          const { credentials, shape } = options;
          const asked = { record, machine, start, before, accelerator, native, benchAgain, out };
          reports.push(await smoke({ ...asked, credentials, shape, names }, progress));
          options.seen?.(reports.at(-1)!);
          // What comes of a machine that has failed already says nothing more.
          if (!reports.at(-1)!.ok) break;
          // A further way to hand metadata over differs in nothing but them.
          if (cloud && cloud !== cloudsOf(record.platform)[0]) break;
        }
      } finally {
        await machine.remove();
        await assertUnchanged(artifact, record);
      }
    }
  const { powerCuts } = options;
  if (powerCuts?.count && record.format !== 'iso') {
    const [first] = reports as [SmokeReport];
    const cuts = await cutPower(
      {
        ...{ artifact, record, accelerator, native, benchAgain, ...powerCuts },
        cloud: cloudsOf(record.platform)[0],
        start: machines[0]![0]!,
        bootSeconds: first.bootSeconds,
        tools,
        out: first.folder,
        credentials: options.credentials,
      },
      progress,
    );
    first.checks.push(...cuts);
    first.ok &&= cuts.every(({ ok }) => ok);
    await writeReport(first);
  }
  return reports;
}

function cloudsOrNone({ platform }: ArtifactRecord): (CloudName | undefined)[] {
  const clouds = cloudsOf(platform);
  return clouds.length ? clouds : [undefined];
}

function folderOf(
  { file }: ArtifactRecord,
  { number, firmware, controller }: Start,
  cloud?: CloudName,
): string {
  return [file, ...(cloud ? [cloud] : []), String(number), firmware, controller].join('-');
}

function checksOf(record: ArtifactRecord, start: Start, cloud?: CloudName): string[] {
  // A further way to hand metadata over: all the rest was looked at where the first way was.
  if (cloud && cloud !== cloudsOf(record.platform)[0])
    return ['machine/image', ...record.features.filter((one) => one.metadata).map(({ name }) => name)];
  return checkNames(record, start.number === 1 ? 'first' : 'restart');
}

function smokeFailed(failed: SmokeReport[], out: string): IngotError {
  const lines = failed.flatMap((report) =>
    report.checks
      .filter((check) => !check.ok)
      .map((check) => `${where(report)}: ${check.name}: ${excerpt(check.message ?? '')}`),
  );
  return new IngotError('SMOKE_FAILED', lines.join('\n'), {
    hint: `look at report.html, console.log, journal.log and screen.png below ${out}`,
  });
}

function summary(report: SmokeReport): string {
  const count = `${report.checks.length} checks ok`;
  const again = report.failedAttempts.length
    ? `, ${report.failedAttempts.length} failed attempts repeated`
    : '';
  const seconds = report.bootSeconds.toFixed(0);
  return `${where(report)} under ${report.accelerator}: ${count}, SSH after ${seconds} s${again}`;
}

function where({ artifact, start, firmware, controller, platform }: SmokeReport): string {
  return `${artifact}, start ${start} by ${firmware} on ${controller} (${platform})`;
}
