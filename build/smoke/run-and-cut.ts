import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../formats/text/random.ts';
import type { Controller } from '../model/target.ts';
import { bootFailedError, bootFailure, readLogs } from '../vm/boot-outcome.ts';
import { bootTimeoutSeconds } from '../vm/machine.ts';
import { powerOn, type Running } from '../vm/start-qemu.ts';
import type { SmokeOptions } from './smoke.ts';
import type { Start } from './starts.ts';
import type { TestMachine } from './test-machine.ts';

/** What a cut comes in the middle of: the first boot, or the start of the unit that loads the model. */
export type During = 'first boot' | { loading: string };

export interface CutOptions extends Pick<SmokeOptions, 'accelerator' | 'credentials'> {
  machine: TestMachine['qemu'];
  start: Start;
  during: During;
  /** How long the machine takes from power-on to SSH. */
  bootSeconds: number;
  /** Where QEMU notes what the machine writes; a file that is there and empty. */
  writeLog: string;
  /** For console and journal. */
  folder: string;
}

/**
 * Starts a machine and cuts its power at a random moment; returns that moment in seconds after power-on.
 * Returns undefined when the boot failed because of the emulator; any other failure before the cut is
 * BOOT_FAILED.
 */
export async function runAndCut(options: CutOptions, random: Random): Promise<number | undefined> {
  const { machine, start, during, bootSeconds, writeLog, folder } = options;
  const running = await powerOn({
    ...machine,
    disk: { ...machine.disk, writeLog },
    firmware: start.firmware,
    controller: loggable(start.controller),
    accelerator: options.accelerator.kind,
    folder,
    credentials: options.credentials ?? {},
  });
  let over = false;
  running.ended.then(() => {
    over = true;
  });
  try {
    // Firmware and loader, which write nothing, take about a tenth of it.
    if (during === 'first boot') await sleep(bootSeconds * (100 + random.below(900)));
    else {
      await modelLoading(running, folder, during.loading);
      await sleep(random.below(8000));
    }
    const seconds = (Date.now() - running.started) / 1000;
    const failure = await bootFailure(folder, running.accelerator);
    if (failure?.retryable) return;
    if (failure) throw await bootFailedError(folder, `before its power was cut, ${failure.why}`);
    if (over) throw await bootFailedError(folder, 'QEMU ended before its power was cut');
    return seconds;
  } finally {
    await running.stop();
  }
}

/** Linux forces single writes out on NVMe, which QEMU's log does not hear of; everywhere else it flushes. */
export function loggable(controller: Controller): Controller {
  return controller === 'nvme' ? 'virtio' : controller;
}

/** Waits until the journal tells that the server of the model is being started, or the start has ended. */
async function modelLoading(running: Running, folder: string, unit: string): Promise<void> {
  const seconds = bootTimeoutSeconds[running.accelerator];
  const isLoading = (journal: string) =>
    [`Starting ${unit}`, `Started ${unit}`].some((text) => journal.includes(text));
  while (!isLoading((await readLogs(folder)).journal)) {
    if (await bootFailure(folder, running.accelerator)) return;
    if (Date.now() - running.started > seconds * 1000)
      throw new Error(`no model was loaded within ${seconds} s`);
    await sleep(200);
  }
}
