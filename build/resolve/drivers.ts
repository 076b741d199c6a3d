import { formatRows } from '../formats/disk/formats.ts';
import type { Controller, Target } from '../model/target.ts';

/**
 * Modules by which Linux reaches a disk there; in the distributions' kernels none is built in, as virtio's
 * bus is.
 */
const controllerDrivers: { [controller in Controller]: string[] } = {
  usb: ['usb_storage', 'sd_mod'],
  cdrom: [],
  virtio: ['virtio_blk'],
  'virtio-scsi': ['virtio_scsi', 'sd_mod'],
  nvme: ['nvme'],
  ahci: ['ahci', 'sd_mod'],
  pvscsi: ['vmw_pvscsi', 'sd_mod'],
};

/** Drivers that must be in the initramfs and are not, each with the first that needs it. */
export function driverProblems(target: Target, present: string[], ofPlatform: string[]): string[] {
  const needs: [who: string, drivers: string[]][] = [
    [`platform ${target.platform}`, ofPlatform],
    ...target.controllers.map((name): [string, string[]] => [`controller ${name}`, controllerDrivers[name]]),
    [`format ${target.format}`, formatRows[target.format].guestDrivers ?? []],
  ];
  const missing = new Map<string, string>();
  for (const [who, drivers] of needs)
    for (const driver of drivers)
      if (!present.includes(driver) && !missing.has(driver)) missing.set(driver, who);
  return [...missing].map(
    ([driver, who]) => `${who} needs driver ${driver} in the initramfs: add it to drivers of feature disk`,
  );
}
