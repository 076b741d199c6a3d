import { join } from 'node:path';
import { afterPowerCut } from '../formats/disk/power-cut.ts';
import { parseWriteLog } from '../formats/disk/write-log.ts';
import { type Random, randomFrom } from '../formats/text/random.ts';
import { writeAtomic } from '../host/fs/files.ts';
import { replay, withReader } from '../host/fs/random-access.ts';
import { freshFolder } from '../host/fs/scratch.ts';
import { throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { run } from '../host/run/command.ts';
import { fileSystemProblems } from '../inspect/file-systems.ts';
import { toIngotError } from '../model/errors.ts';
import { retryNote } from '../vm/boot-outcome.ts';
import type { CloudName } from '../vm/clouds/start.ts';
import { tellingNews } from '../vm/guest-news.ts';
import type { CheckResult } from '../vm/report.ts';
import { checkNames, modelUnit } from './check-names.ts';
import { type During, loggable, runAndCut } from './run-and-cut.ts';
import { type SmokeOptions, smoke } from './smoke.ts';
import type { Start } from './starts.ts';
import { prepareMachine } from './test-machine.ts';

export interface PowerCutOptions
  extends Pick<SmokeOptions, 'record' | 'accelerator' | 'native' | 'benchAgain' | 'out' | 'credentials'> {
  artifact: string;
  cloud?: CloudName;
  start: Start;
  count: number;
  /** Number of the first, where others of the same run came before on other disks; default 1. */
  first?: number;
  seed: string;
  /** How long the machine takes from power-on to SSH. */
  bootSeconds: number;
  tools: string;
}

/**
 * Cuts the power of new machines, in turn during their first boot and while they load the model, and starts
 * each again. A disk then has what the machine flushed, and of its other writes some whole, some torn, some
 * not at all.
 */
export async function cutPower(options: PowerCutOptions, progress: Progress): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const { count, first = 1 } = options;
  for (let number = first; number < first + count; number++) {
    const random = randomFrom(`${options.seed}/${options.record.target}/${number}`);
    const started = Date.now();
    const result = await cutOnce(number, random, options, progress).catch((error) => {
      throwIfInterrupted();
      const { message } = toIngotError(error);
      return { name: `power cut ${number} of seed ${options.seed}`, ok: false, message };
    });
    progress.note(`${result.name}: ${result.ok ? 'ok' : result.message}`);
    results.push({ ...result, milliseconds: Date.now() - started });
  }
  return results;
}

/** So many requests a starting machine sends in some seconds. */
const busyRequests = 40;

type Cut = Omit<CheckResult, 'milliseconds'>;

async function cutOnce(
  number: number,
  random: Random,
  options: PowerCutOptions,
  progress: Progress,
): Promise<Cut> {
  for (let attempts = 3; attempts > 0; attempts--) {
    const result = await cutMachine(number, random, options, progress);
    if (result) return result;
    progress.note(retryNote('before the power was cut'));
  }
  throw new Error('every boot failed because of the emulator');
}

/** Returns undefined when the boot failed because of the emulator: a cut would then prove nothing. */
async function cutMachine(
  number: number,
  random: Random,
  options: PowerCutOptions,
  progress: Progress,
): Promise<Cut | undefined> {
  const { artifact, record, cloud, start, seed, tools } = options;
  const out = join(options.out, `power-cut-${number}`);
  const machine = await prepareMachine(artifact, record, cloud);
  try {
    const folder = await freshFolder(out);
    const disk = join(machine.folder, 'after.raw');
    // A copy of what the machine starts with, before it starts.
    await run(['qemu-img', 'convert', '-O', 'raw', machine.qemu.disk.path, disk]);
    const writeLog = join(machine.folder, 'writes');
    // QEMU opens a log, and makes none.
    await writeAtomic(writeLog, '');
    const unit = modelUnit(record);
    const during: During = number % 2 || !unit ? 'first boot' : { loading: unit };
    const cut = { ...options, machine: machine.qemu, during, writeLog, folder };
    const seconds = await tellingNews(folder, progress, () => runAndCut(cut, random));
    if (seconds === undefined) return;
    const requests = withReader(writeLog, parseWriteLog);
    // An idle disk has nothing to lose: the moment is one of those in which it last had something to do.
    const last = requests.length - random.below(Math.min(requests.length, busyRequests));
    const after = afterPowerCut(requests.slice(0, last), random);
    replay(writeLog, disk, after.pieces);
    const name =
      `power cut ${number} of seed ${seed}: during ${during === 'first boot' ? during : 'model load'}, ${seconds.toFixed(1)} s after power-on, ` +
      `${after.flushed} writes flushed, of others ${after.kept} kept, ${after.torn} torn, ${after.lost} lost`;
    progress.note(name);
    const report = await smoke(
      {
        ...options,
        machine: {
          ...machine,
          qemu: { ...machine.qemu, disk: { path: disk, format: 'raw', readOnly: false } },
        },
        start: { ...start, number: 2, controller: loggable(start.controller) },
        out: join(out, 'restarted'),
        names: checkNames(record, 'power-loss'),
      },
      progress,
    );
    const problems = [
      ...report.checks.filter(({ ok }) => !ok).map((check) => `${check.name}: ${check.message ?? ''}`),
      ...(await fileSystemProblems(disk, machine.folder, tools)),
    ];
    return { name, ok: problems.length === 0, message: problems.join('\n') || undefined };
  } finally {
    await machine.remove();
  }
}
