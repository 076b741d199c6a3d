import { expect, it } from 'vitest';
import type { ArtifactRecord } from '../model/types.ts';
import { diskOfPartition, parseDevices } from './devices.ts';
import { assertTakes, assertWritable } from './refuse.ts';

const none = { ro: false, rm: false, hotplug: false, tran: null, model: null, vendor: null };
const empty = { fstype: null, label: null, mountpoints: [null] };
const partition = (path: string, more: object) => ({
  ...none,
  ...empty,
  path,
  size: 1,
  type: 'part',
  ...more,
});

/** What lsblk 2.38 says of a machine: its own disk with LUKS, a stick, a card, a CD drive and zram. */
const listing = JSON.stringify({
  blockdevices: [
    {
      ...none,
      ...empty,
      ...{ path: '/dev/nvme0n1', size: 512e9, type: 'disk', tran: 'nvme', model: 'Micron 2210' },
      children: [
        partition('/dev/nvme0n1p1', { fstype: 'vfat', mountpoints: ['/boot/efi'] }),
        partition('/dev/nvme0n1p2', {
          fstype: 'crypto_LUKS',
          children: [partition('/dev/mapper/root', { type: 'crypt', fstype: 'ext4', mountpoints: ['/'] })],
        }),
      ],
    },
    {
      ...none,
      ...empty,
      ...{ path: '/dev/sdb', size: 32e9, type: 'disk', rm: true, hotplug: true, tran: 'usb' },
      ...{ vendor: 'SanDisk ', model: 'Ultra   ' },
      children: [
        partition('/dev/sdb1', { fstype: 'exfat', label: 'PHOTOS', mountpoints: ['/media/me/PHOTOS'] }),
      ],
    },
    { ...none, ...empty, path: '/dev/mmcblk0', size: 1e9, type: 'disk', hotplug: true, ro: true },
    {
      ...none,
      ...empty,
      ...{ path: '/dev/sdc', size: 4e12, type: 'disk', tran: 'sata' },
      children: [
        partition('/dev/sdc1', {
          fstype: 'LVM2_member',
          children: [partition('/dev/mapper/vg-old', { type: 'lvm' })],
        }),
      ],
    },
    { ...none, ...empty, path: '/dev/sr0', size: 1e9, type: 'rom', rm: true },
    { ...none, ...empty, path: '/dev/zram0', size: 1e9, type: 'disk', mountpoints: ['[SWAP]'] },
  ],
});
const devices = parseDevices(listing);
const device = (path: string) => devices.find((one) => one.path === path)!;

it('tells sticks and cards from disks, and the disk of the running system from all others', () => {
  expect(devices.map(({ path, removable, system }) => [path, removable, system])).toEqual([
    ['/dev/nvme0n1', false, true],
    ['/dev/sdb', true, false],
    ['/dev/mmcblk0', true, false],
    ['/dev/sdc', false, false],
  ]);
  expect(device('/dev/sdb')).toMatchObject({ model: 'SanDisk Ultra', holds: ['exfat "PHOTOS"'] });
});

it.each([
  ['/dev/nvme0n1', /has the system that is running; nothing was written/],
  ['/dev/sdb', /is in use \(\/media\/me\/PHOTOS\)/],
  ['/dev/sdc', /is in use \(\/dev\/mapper\/vg-old\)/],
  ['/dev/mmcblk0', /is read-only/],
])('refuses %s', (path, message) => {
  expect(() => assertTakes(device(path), 1)).toThrow(
    expect.objectContaining({ code: 'DEVICE_REFUSED', message: expect.stringMatching(message) }) as Error,
  );
});

it('refuses a device that is too small, and takes one that is just large enough', () => {
  const stick = { ...device('/dev/sdb'), uses: [] };
  expect(() => assertTakes(stick, stick.size)).not.toThrow();
  expect(() => assertTakes(stick, stick.size + 1)).toThrow(/has 29.8 GiB, and the image needs 29.8 GiB/);
});

it('names the disk of a partition', () => {
  expect(diskOfPartition(listing, '/dev/mapper/root')).toBe('/dev/nvme0n1');
  expect(diskOfPartition(listing, '/dev/sdb1')).toBe('/dev/sdb');
  expect(diskOfPartition(listing, '/dev/sdb')).toBeUndefined();
});

it.each([
  ['qcow2', 'none', false],
  ['raw', 'xz', false],
  ['raw', 'none', true],
  ['iso', 'zstd', true],
] as const)(
  'an image of format %s and compression %s is bytes of a disk: %s',
  (format, compression, fits) => {
    const record = { file: 'x', format, compression } as ArtifactRecord;
    if (fits) expect(() => assertWritable(record)).not.toThrow();
    else expect(() => assertWritable(record)).toThrow(/no machine would boot from it/);
  },
);
