import { join } from 'node:path';
import { timeOf } from '../host/fs/files.ts';
import type { Accelerator } from '../model/types.ts';
import { kvmDied } from './accelerator.ts';
import { guestLogs, readLogs } from './boot-failed.ts';

/**
 * QEMU before 8.1 emulates an instruction now and then that the guest has replaced already: when Linux patches itself
 * early in its start, it meets its own breakpoint and panics, once in some hundred starts. Nothing of the disk is
 * mounted then. https://bugzilla.redhat.com/show_bug.cgi?id=2216496
 */
const emulatorPanic = /Oops: int3: /;

/**
 * An emulated machine was seen to stand still in the middle of a start, both processors halted. A healthy one that took seven
 * minutes, beside two others, was never silent for so long. A disk that cannot be started stands still in all attempts.
 */
const standstillSeconds = 300;

/** What the console says of a machine that will never let in. */
const ends = [
  { says: /Kernel panic - not syncing/, why: 'its kernel panicked' },
  { says: /emergency mode/, why: 'it ended in an emergency shell' },
  { says: /startup\.nsh/, why: 'its UEFI firmware found nothing to start and opened its shell' },
  { says: /starting Boot\w+ "UiApp"/, why: 'its boot loader found nothing to start and opened the firmware' },
];

/** How a start came to its end. */
export interface BootEnd {
  why: string;
  /** It was KVM's or the emulator's doing: such a start is made again. */
  spoiled: boolean;
}

export const spoiledNote = 'a start that the emulator seems to have spoiled is made again';

/** How the start whose logs are in `folder` ended; undefined while it may still let in. */
export async function bootEnd(folder: string, accelerator: Accelerator): Promise<BootEnd | undefined> {
  const { console: said, qemu } = await readLogs(folder);
  if (accelerator === 'kvm' && kvmDied.test(qemu)) return { why: 'it died in KVM', spoiled: true };
  const end = ends.find(({ says }) => says.test(said));
  if (end) return { why: end.why, spoiled: accelerator === 'tcg' && emulatorPanic.test(said) };
  if (accelerator === 'tcg' && Date.now() / 1000 - (await lastWord(folder)) > standstillSeconds)
    return { why: `nothing was heard of it for ${standstillSeconds} s`, spoiled: true };
}

/** When a machine last wrote to its logs, which are made when it is switched on; in seconds since 1970. */
async function lastWord(folder: string): Promise<number> {
  const times = guestLogs.map((name) => timeOf(join(folder, name)));
  return Math.max(...(await Promise.all(times)));
}
