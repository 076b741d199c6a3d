import { kvmDied } from './accelerator.ts';
import { readLogs } from './boot-failed.ts';
import type { Running } from './power-on.ts';

/**
 * QEMU before 8.1 emulates an instruction now and then that the guest has replaced already: when Linux patches itself
 * early in its start, it meets its own breakpoint and panics, once in some hundred starts. Nothing of the disk is
 * mounted then. https://bugzilla.redhat.com/show_bug.cgi?id=2216496
 */
const emulatorPanic = /Oops: int3: /;

/**
 * Emulated, a machine was seen to stop for ever between its firmware's last word and its kernel's first one, which comes within
 * ten seconds, or thirty on a busy host. A disk that cannot be started is as silent in all attempts.
 */
const silentSeconds = 300;
const kernelSpoke = /^\[ *\d+\.\d+\] /m;

/** What the console says of a machine that will never let in. */
const ends = [
  { says: /Kernel panic - not syncing/, why: 'its kernel panicked' },
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
export async function bootEnd(
  folder: string,
  { accelerator, started }: Pick<Running, 'accelerator' | 'started'>,
): Promise<BootEnd | undefined> {
  const { console: said, journal, qemu } = await readLogs(folder);
  if (accelerator === 'kvm' && kvmDied.test(qemu)) return { why: 'it died in KVM', spoiled: true };
  const end = ends.find(({ says }) => says.test(said));
  if (end) return { why: end.why, spoiled: accelerator === 'tcg' && emulatorPanic.test(said) };
  const silent = accelerator === 'tcg' && ![said, journal].some((log) => kernelSpoke.test(log));
  if (silent && Date.now() - started > silentSeconds * 1000)
    return { why: `its kernel has said nothing for ${silentSeconds} s`, spoiled: true };
}
