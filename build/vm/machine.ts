import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readText } from '../host/files.ts';
import { interrupted, throwIfInterrupted } from '../host/interrupt.ts';
import { bootFailed } from './boot-failed.ts';
import { connectGuest } from './guest.ts';
import { type PowerOnOptions, powerOn, type Running } from './power-on.ts';

export interface Machine extends Running {
  /** Seconds from power-on until SSH let us in. */
  bootSeconds: number;
}

/** Emulation on a busy machine takes minutes where KVM takes seconds. */
const timeoutsSeconds = { kvm: 180, tcg: 900 };

/**
 * Starts a machine and waits until SSH lets in. KVM that fails under the guest is replaced by emulation once. A
 * machine that never lets in is BOOT_FAILED, with its last words and a picture.
 */
export async function boot(options: PowerOnOptions): Promise<Machine> {
  const { folder } = options;
  const timeoutSeconds = timeoutsSeconds[options.accelerator];
  const machine = await powerOn(options);
  const outcome = await waitForSsh(machine, machine.started + timeoutSeconds * 1000);
  if (outcome === 'in' && !interrupted.aborted)
    return { ...machine, bootSeconds: (Date.now() - machine.started) / 1000 };
  if (outcome === 'timeout') await machine.screenshot(join(folder, 'screen.png')).catch(() => {});
  await machine.stop();
  throwIfInterrupted();
  if (outcome === 'timeout') throw await bootFailed(folder, `no SSH within ${timeoutSeconds} s`);
  if (options.accelerator === 'kvm') return boot({ ...options, accelerator: 'tcg' });
  throw await bootFailed(folder, `QEMU ended: ${(await readText(join(folder, 'qemu.log'))).trim()}`);
}

async function waitForSsh(machine: Running, deadline: number): Promise<'in' | 'ended' | 'timeout'> {
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
    await sleep(1000);
  }
  return ended ? 'ended' : 'timeout';
}
