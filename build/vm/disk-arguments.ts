import type { Controller } from '../model/target.ts';
import { type MachineShape, sectors } from './machine-shape.ts';

/** The file that a machine starts from. */
export interface MachineDisk {
  path: string;
  /** A medium is opened read-only; what a machine writes goes to an overlay. */
  format: 'raw' | 'qcow2';
  readOnly: boolean;
  /** Path of a log of all writes and flushes, in the form of Linux's dm-log-writes. */
  writeLog?: string;
}

/** Nothing has to outlive this host, whose own flushes take long. */
const cache = { 'no-flush': true };

/** The disk as the node `disk`; a log, which must hear of every flush, is a node above it. */
export function diskNode({ path, format, readOnly, writeLog }: MachineDisk): string[] {
  const file = { driver: 'file', filename: path, cache };
  const image = { driver: format, 'read-only': readOnly, cache, file };
  const node = writeLog
    ? { driver: 'blklogwrites', file: image, log: { driver: 'file', filename: writeLog, cache } }
    : image;
  return ['-blockdev', JSON.stringify({ 'node-name': 'disk', ...node })];
}

/**
 * Controllers that Linux starts from, and both firmwares, but for pvscsi: OVMF has no driver for it in Debian
 * 12.
 */
const devices: { [controller in Controller]: string[] } = {
  usb: ['qemu-xhci', 'usb-storage,drive=disk,bootindex=1'],
  cdrom: ['ide-cd,bus=ide.0,drive=disk,bootindex=1'],
  virtio: ['virtio-blk-pci,drive=disk,bootindex=1'],
  'virtio-scsi': ['virtio-scsi-pci', 'scsi-hd,drive=disk,bootindex=1'],
  nvme: ['nvme,serial=ingot,drive=disk,bootindex=1'],
  ahci: ['ide-hd,bus=ide.0,drive=disk,bootindex=1'],
  pvscsi: ['pvscsi', 'scsi-hd,drive=disk,bootindex=1'],
};

/** What attaches the node `disk`; q35 has an AHCI controller of its own. */
export function controllerDevices(controller: Controller, { sectorBytes }: MachineShape = {}): string[] {
  const shown = sectorBytes ? `,${sectors(sectorBytes)}` : '';
  return devices[controller].flatMap((device) => [
    '-device',
    device.includes('drive=disk') ? `${device}${shown}` : device,
  ]);
}
