import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterPowerCut } from '../formats/power-cut.ts';
import { type Random, randomFrom } from '../formats/random.ts';
import { parseWriteLog } from '../formats/write-log.ts';
import { run } from '../host/command.ts';
import { writeAtomic } from '../host/files.ts';
import { throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { replay, withReader } from '../host/replay.ts';
import { freshFolder } from '../host/scratch.ts';
import { toIngotError } from '../model/errors.ts';
import type { Controller } from '../model/target.ts';
import { bootFailed, readLogs } from '../vm/boot-failed.ts';
import type { CloudName } from '../vm/clouds/start.ts';
import { powerOn, type Running } from '../vm/power-on.ts';
import type { CheckResult } from '../vm/report.ts';
import { type Equipment, equip } from './_equipment.ts';
import { fileSystemProblems } from './_file-systems.ts';
import { type SmokeOptions, smoke } from './_smoke.ts';
import type { Start } from './_starts.ts';

export interface PowerCutOptions
  extends Pick<SmokeOptions, 'record' | 'accelerator' | 'native' | 'out' | 'credentials'> {
  artifact: string;
  cloud?: CloudName;
  start: Start;
  count: number;
  seed: string;
  /** How long the machine takes from power-on to SSH. */
  bootSeconds: number;
  tools: string;
}

/** What a cut came in the middle of. */
type During = 'first boot' | 'model load';

/**
 * Cuts the power of new machines during their first boot and while they load the model, and starts each again. A disk
 * then has what the machine flushed, and of its other writes some whole, some torn, some not at all.
 */
export async function cutPower(options: PowerCutOptions, progress: Progress): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (let number = 1; number <= options.count; number++) {
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

async function cutOnce(number: number, random: Random, options: PowerCutOptions, progress: Progress) {
  const { artifact, record, cloud, start, seed, tools } = options;
  const out = join(options.out, `power-cut-${number}`);
  const equipment = await equip(artifact, record, cloud);
  try {
    const folder = await freshFolder(out);
    const disk = join(equipment.folder, 'after.raw');
    // A copy of what the machine starts with, before it starts.
    await run(['qemu-img', 'convert', '-O', 'raw', equipment.machine.disk.path, disk]);
    const writeLog = join(equipment.folder, 'writes');
    // QEMU opens a log, and makes none.
    await writeAtomic(writeLog, '');
    const cut = await runAndCut(
      { writeLog, folder, during: number % 2 ? 'first boot' : 'model load' },
      random,
      {
        ...options,
        equipment,
      },
    );
    const requests = withReader(writeLog, parseWriteLog);
    const after = afterPowerCut(requests, random);
    replay(writeLog, disk, after.pieces);
    const name =
      `power cut ${number} of seed ${seed}: during ${cut.during}, ${cut.seconds.toFixed(1)} s after power-on, ` +
      `${after.flushed} writes flushed, of others ${after.kept} kept, ${after.torn} torn, ${after.lost} lost`;
    progress.note(name);
    const report = await smoke(
      {
        ...options,
        equipment: {
          ...equipment,
          machine: { ...equipment.machine, disk: { path: disk, format: 'raw', readOnly: false } },
        },
        start: { ...start, number: 2, controller: loggable(start.controller) },
        out: join(out, 'restarted'),
        names: ['image', 'power-loss', 'disk'],
      },
      progress,
    );
    const problems = [
      ...report.checks.filter(({ ok }) => !ok).map((check) => `${check.name}: ${check.message ?? ''}`),
      ...(await fileSystemProblems(disk, equipment.folder, tools)),
    ];
    return { name, ok: problems.length === 0, message: problems.join('\n') || undefined };
  } finally {
    await equipment.remove();
  }
}

async function runAndCut(
  cut: { writeLog: string; folder: string; during: During },
  random: Random,
  options: PowerCutOptions & { equipment: Equipment },
): Promise<{ during: During; seconds: number }> {
  const { machine } = options.equipment;
  const { firmware } = options.start;
  const running = await powerOn({
    ...machine,
    disk: { ...machine.disk, writeLog: cut.writeLog },
    firmware,
    controller: loggable(options.start.controller),
    accelerator: options.accelerator.kind,
    folder: cut.folder,
    credentials: options.credentials ?? {},
  });
  let over = false;
  running.ended.then(() => {
    over = true;
  });
  try {
    // Firmware and loader, which write nothing, take about a tenth of it.
    if (cut.during === 'first boot') await sleep(options.bootSeconds * (100 + random.below(900)));
    else {
      await modelLoading(running, cut.folder, options.bootSeconds * 4);
      await sleep(random.below(8000));
    }
    if (over) throw await bootFailed(cut.folder, 'QEMU ended before its power was cut');
    return { during: cut.during, seconds: (Date.now() - running.started) / 1000 };
  } finally {
    await running.stop();
  }
}

/** Linux forces single writes out on NVMe, which QEMU's log does not hear of; everywhere else it flushes. */
function loggable(controller: Controller): Controller {
  return controller === 'nvme' ? 'virtio' : controller;
}

/** Waits until the journal tells that the server of the model is being started. */
async function modelLoading({ started }: Running, folder: string, seconds: number): Promise<void> {
  while (!/Start(ing|ed) llama-server\.service/.test((await readLogs(folder)).journal)) {
    if (Date.now() - started > seconds * 1000) throw new Error(`no model was loaded within ${seconds} s`);
    await sleep(200);
  }
}
