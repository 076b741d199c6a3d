import { IngotError } from '../model/errors.ts';
import type { Controller } from '../model/target.ts';
import type { ArtifactRecord, Firmware } from '../model/types.ts';

/** One start of a machine. */
export interface Start {
  /** Which start of the machine this is, from 1. */
  number: number;
  firmware: Firmware;
  controller: Controller;
}

/**
 * Machines to start, each with its starts in order. A medium keeps nothing, so each of its starts is a new
 * machine: by BIOS as a stick and by UEFI as a CD, to test both sides of the hybrid. A disk is started until
 * every firmware and every controller was used once, and at least twice, because the first start differs from
 * all later ones.
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
