import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted, throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { type BootEnd, bootEnd, spoiledNote } from './boot-end.ts';
import { bootFailed, readLogs } from './boot-failed.ts';
import { connectGuest } from './guest.ts';
import { type PowerOnOptions, powerOn, type Running } from './start-qemu.ts';

export interface Machine extends Running {
  /** Seconds from power-on until SSH let us in. */
  bootSeconds: number;
  /** Why starts before this one were made again. */
  spoiled: string[];
}

const attempts = 3;

/** Emulation on a busy machine takes minutes where KVM takes seconds. */
export const bootTimeoutSeconds = { kvm: 180, tcg: 900 };

/**
 * Starts a machine and waits until SSH lets in. KVM that fails under the guest is replaced by emulation once, and a
 * start that the emulator spoiled is made again. A machine that never lets in is BOOT_FAILED, with its last words and
 * a picture.
 */
export async function boot(
  options: PowerOnOptions,
  progress: Progress,
  /** Why starts before this one came to nothing. */
  spoiled: string[] = [],
): Promise<Machine> {
  const { folder } = options;
  const machine = await powerOn(options);
  const end = await waitForSsh(machine, folder);
  if (!end && !interrupted.aborted)
    return { ...machine, bootSeconds: (Date.now() - machine.started) / 1000, spoiled };
  const processors = await machine.captureState();
  await machine.stop();
  throwIfInterrupted();
  const { why, spoiled: again } = end!;
  const failure = await bootFailed(folder, why, processors);
  if (!again || spoiled.length === attempts - 1) throw failure;
  progress.note(`${spoiledNote}: ${failure.message}`);
  return boot({ ...options, accelerator: 'tcg' }, progress, [...spoiled, failure.message]);
}

/** Nothing when it lets in, or when the test is interrupted. */
async function waitForSsh(machine: Running, folder: string): Promise<BootEnd | undefined> {
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
    const end = await bootEnd(folder, accelerator);
    if (end) return end;
    if (over) {
      const { qemu } = await readLogs(folder);
      return { why: `QEMU ended: ${qemu.trim()}`, spoiled: accelerator === 'kvm' };
    }
    if (Date.now() - started > seconds * 1000) return { why: `no SSH within ${seconds} s`, spoiled: false };
    await sleep(1000);
  }
}
