import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readText } from '../host/files.ts';
import { interrupted, throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { type BootEnd, bootEnd, spoiledNote } from './boot-end.ts';
import { bootFailed } from './boot-failed.ts';
import { connectGuest } from './guest.ts';
import { type PowerOnOptions, powerOn, type Running } from './power-on.ts';

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
  spoiled: string[] = [],
): Promise<Machine> {
  const { folder, accelerator } = options;
  const timeoutSeconds = bootTimeoutSeconds[accelerator];
  const machine = await powerOn(options);
  const outcome = await waitForSsh(machine, folder, machine.started + timeoutSeconds * 1000);
  if (outcome === 'in' && !interrupted.aborted)
    return { ...machine, bootSeconds: (Date.now() - machine.started) / 1000, spoiled };
  const processors = outcome === 'ended' ? '' : await machine.captureState();
  await machine.stop();
  throwIfInterrupted();
  if (outcome === 'timeout') throw await bootFailed(folder, `no SSH within ${timeoutSeconds} s`, processors);
  if (typeof outcome === 'object') {
    if (outcome.spoiled && spoiled.length < attempts - 1) {
      const why = [outcome.why, processors].join('\n').trim();
      progress.note(`${spoiledNote}, as ${why}`);
      return boot({ ...options, accelerator: 'tcg' }, progress, [...spoiled, why]);
    }
    throw await bootFailed(folder, outcome.why, processors);
  }
  if (accelerator === 'kvm') return boot({ ...options, accelerator: 'tcg' }, progress);
  throw await bootFailed(folder, `QEMU ended: ${(await readText(join(folder, 'qemu.log'))).trim()}`);
}

type Outcome = 'in' | 'ended' | 'timeout' | BootEnd;

async function waitForSsh(machine: Running, folder: string, deadline: number): Promise<Outcome> {
  let ended = false;
  machine.ended.then(() => {
    ended = true;
  });
  while (Date.now() < deadline && !ended && !interrupted.aborted) {
    const guest = await connectGuest(machine.address).catch(() => undefined);
    if (guest) {
      guest.close();
      return 'in';
    }
    const end = await bootEnd(folder, machine.accelerator);
    if (end) return end;
    await sleep(1000);
  }
  return ended ? 'ended' : 'timeout';
}
