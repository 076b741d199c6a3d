import { IngotError } from '../model/errors.ts';
import type { Controller } from '../model/target.ts';
import type { ArtifactRecord, Firmware } from '../model/types.ts';

/** One start of a machine. */
export interface Start {
  /** The machine's how many-th start this is. */
  number: number;
  firmware: Firmware;
  controller: Controller;
}

/**
 * Machines to start, each with its starts in order. A medium forgets everything, so each of its starts is another
 * machine's: BIOS as a stick and UEFI as a CD, so that both sides of the hybrid are seen to work. A disk starts again
 * and again until every firmware and every controller had its turn, and twice at least, for the first start is unlike
 * all others.
 */
export function startsOf(record: ArtifactRecord, wanted?: Firmware[]): Start[][] {
  const firmwares = wanted ?? record.firmware;
  for (const firmware of firmwares)
    if (!record.firmware.includes(firmware))
      throw new IngotError('USAGE', `${record.file} does not boot by ${firmware}`, {
        hint: `it boots by ${record.firmware.join(' and ')}`,
      });
  if (record.format === 'iso')
    return firmwares.map((firmware) => [
      { number: 1, firmware, controller: firmware === 'bios' ? 'usb' : 'cdrom' },
    ]);
  const { controllers } = record;
  const count = Math.max(2, firmwares.length, controllers.length);
  return [
    Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      firmware: firmwares[Math.min(index, firmwares.length - 1)]!,
      controller: controllers[Math.min(index, controllers.length - 1)]!,
    })),
  ];
}
