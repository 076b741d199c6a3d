import { expect, it } from 'vitest';
import type { ArtifactRecord } from '../model/types.ts';
import { startsOf } from './starts.ts';

const starts = (record: object, wanted?: ('bios' | 'uefi')[]) =>
  startsOf({ file: 'x', ...record } as ArtifactRecord, wanted).map((machine) =>
    machine.map(({ number, firmware, controller }) => `${number} ${firmware} ${controller}`),
  );
const qcow2 = { format: 'qcow2', firmware: ['uefi', 'bios'], controllers: ['virtio', 'virtio-scsi'] };

it('starts a medium as a stick by BIOS and as a CD by UEFI, each in a machine of its own', () => {
  const iso = { format: 'iso', firmware: ['bios', 'uefi'], controllers: ['usb', 'cdrom'] };
  expect(starts(iso)).toEqual([['1 bios usb'], ['1 uefi cdrom']]);
  expect(starts(iso, ['uefi'])).toEqual([['1 uefi cdrom']]);
});

it('starts a disk by each firmware and from each controller, one start after the other', () => {
  expect(starts(qcow2)).toEqual([['1 uefi virtio', '2 bios virtio-scsi']]);
  expect(starts(qcow2, ['bios'])).toEqual([['1 bios virtio', '2 bios virtio-scsi']]);
});

it('starts a disk of one firmware and one controller twice all the same', () => {
  expect(starts({ ...qcow2, firmware: ['uefi'], controllers: ['nvme'] })).toEqual([
    ['1 uefi nvme', '2 uefi nvme'],
  ]);
});

it('refuses a firmware that the artifact is not for', () => {
  expect(() => starts({ ...qcow2, firmware: ['uefi'] }, ['bios'])).toThrow(/x does not boot by bios/);
});
