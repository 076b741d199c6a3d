import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted, throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { type BootFailure, bootFailedError, bootFailure, readLogs, retryNote } from './boot-outcome.ts';
import { connectGuest } from './guest.ts';
import { tellingNews } from './guest-news.ts';
import { type PowerOnOptions, powerOn, type Running } from './start-qemu.ts';

export interface Machine extends Running {
  /** Seconds from power-on until SSH answered. */
  bootSeconds: number;
  /** Why earlier attempts failed and were repeated. */
  failedAttempts: string[];
}

const attempts = 3;

/** Emulation on a busy machine takes minutes where KVM takes seconds. */
export const bootTimeoutSeconds = { kvm: 180, tcg: 900 };

/**
 * Starts a machine and waits until SSH answers. An attempt that fails because of KVM or the emulator is
 * repeated, under emulation. A machine that never answers is BOOT_FAILED, with the end of its logs and a
 * picture of its screen.
 */
export async function boot(
  options: PowerOnOptions,
  progress: Progress,
  failedAttempts: string[] = [],
): Promise<Machine> {
  const { folder } = options;
  const machine = await powerOn(options);
  const ended = await tellingNews(folder, progress, () => waitForSsh(machine, folder));
  if (!ended && !interrupted.aborted)
    return { ...machine, bootSeconds: (Date.now() - machine.started) / 1000, failedAttempts };
  const processors = await machine.captureState();
  await machine.stop();
  throwIfInterrupted();
  const { why, retryable } = ended!;
  const failure = await bootFailedError(folder, why, processors);
  if (!retryable || failedAttempts.length === attempts - 1) throw failure;
  progress.note(retryNote(failure.message));
  return boot({ ...options, accelerator: 'tcg' }, progress, [...failedAttempts, failure.message]);
}

/** Returns undefined when SSH answers, or when the test is interrupted. */
async function waitForSsh(machine: Running, folder: string): Promise<BootFailure | undefined> {
  const { accelerator, started } = machine;
  const seconds = bootTimeoutSeconds[accelerator];
  let over = false;
  machine.ended.then(() => {
    over = true;
  });
  while (!interrupted.aborted) {
    const guest = await connectGuest(machine.address).catch(() => undefined);
    if (guest) {
      guest.close();
      return;
    }
    const failure = await bootFailure(folder, accelerator);
    if (failure) return failure;
    if (over) {
      const { qemu } = await readLogs(folder);
      return { why: `QEMU ended: ${qemu.trim()}`, retryable: accelerator === 'kvm' };
    }
    if (Date.now() - started > seconds * 1000) return { why: `no SSH within ${seconds} s`, retryable: false };
    await sleep(1000);
  }
}
