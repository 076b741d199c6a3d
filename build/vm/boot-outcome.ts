import { join } from 'node:path';
import { exists, readText, timeOf } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';
import type { Accelerator } from '../model/types.ts';
import { kvmDied } from './accelerator.ts';

/**
 * QEMU before 8.1 sometimes runs an instruction that the guest has already replaced. When Linux patches its
 * own code early in the boot, it then hits its own breakpoint and panics, about once in several hundred
 * boots. Nothing of the disk is mounted at that time. https://bugzilla.redhat.com/show_bug.cgi?id=2216496
 */
const emulatorPanic = /Oops: int3: /;

/**
 * Emulated machines sometimes hang in the middle of a boot with both processors halted. A healthy boot that
 * took seven minutes, beside two others, was never silent for this long. A disk that cannot boot is silent in
 * every attempt.
 */
const silenceSeconds = 300;

/** What the console says when a machine will never accept a connection. */
const failures = [
  { says: /Kernel panic - not syncing/, why: 'its kernel panicked' },
  { says: /emergency mode/, why: 'it ended in an emergency shell' },
  { says: /startup\.nsh/, why: 'its UEFI firmware found nothing to boot and opened its shell' },
  { says: /BdsDxe: No bootable option/, why: 'its UEFI firmware found nothing to boot' },
  { says: /Unable to find a medium containing a live/, why: 'its system did not find the medium it is on' },
  {
    says: /starting Boot\w+ "UiApp"/,
    why: 'its boot loader found nothing to boot and opened the firmware setup',
  },
];

/** How a boot attempt failed. */
export interface BootFailure {
  why: string;
  /** KVM or the emulator is at fault, not the image: the attempt is repeated. */
  retryable: boolean;
}

/** The logs of a guest's console and its journal. */
export const guestLogs = ['console.log', 'journal.log'];

/** How the boot whose logs are in `folder` failed; undefined while it may still succeed. */
export async function bootFailure(
  folder: string,
  accelerator: Accelerator,
): Promise<BootFailure | undefined> {
  const { console: said, qemu } = await readLogs(folder);
  if (accelerator === 'kvm' && kvmDied.test(qemu)) return { why: 'it died in KVM', retryable: true };
  const failure = failures.find(({ says }) => says.test(said));
  if (failure) return { why: failure.why, retryable: accelerator === 'tcg' && emulatorPanic.test(said) };
  if (accelerator === 'tcg' && Date.now() / 1000 - (await lastOutput(folder)) > silenceSeconds)
    return { why: `it wrote nothing for ${silenceSeconds} s`, retryable: true };
}

/** The note that an attempt failed because of the emulator and is repeated. */
export function retryNote(why: string): string {
  return `the boot attempt failed, probably because of the emulator, and is repeated: ${why}`;
}

/**
 * The error for a machine that did not boot or stop, with the end of its logs and the state of its
 * processors.
 */
export async function bootFailedError(folder: string, why: string, processors = ''): Promise<IngotError> {
  const { console: serial, journal } = await readLogs(folder);
  const tail = (text: string) => text.trim().split('\n').slice(-20).join('\n');
  return new IngotError(
    'BOOT_FAILED',
    `${why}\n--- console\n${tail(serial)}\n--- journal\n${tail(journal)}\n--- processors\n${processors}`,
    { hint: `look at console.log, journal.log and screen.png in ${folder}` },
  );
}

/** Everything that the guest wrote to its console and its journal so far, and what QEMU wrote. */
export async function readLogs(folder: string): Promise<{ console: string; journal: string; qemu: string }> {
  const read = async (name: string) =>
    (await exists(join(folder, name))) ? readText(join(folder, name)) : '';
  return {
    console: await read('console.log'),
    journal: await read('journal.log'),
    qemu: await read('qemu.log'),
  };
}

/** When a machine last wrote to its logs, which are made when it is switched on; in seconds since 1970. */
async function lastOutput(folder: string): Promise<number> {
  const times = guestLogs.map((name) => timeOf(join(folder, name)));
  return Math.max(...(await Promise.all(times)));
}
