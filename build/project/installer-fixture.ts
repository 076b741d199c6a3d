import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../host/fs/files.ts';

export const gibibyte = 2 ** 30;
export const image = {
  name: 'nanite-server',
  version: '20261030',
  firmware: ['uefi', 'bios'],
  user: 'nanite',
  minimum: {},
  rootBytes: 700 * 2 ** 20,
  partitions: [
    { name: 'bios', role: 'bios', mount: null, sizeMiB: 1, uuid: 'a' },
    { name: 'esp', role: 'esp', mount: '/efi', sizeMiB: 1024, uuid: 'b' },
    { name: 'models', role: 'models', mount: '/usr/share/ai/models', sizeMiB: null, uuid: 'c' },
    { name: 'root', role: 'root', mount: '/', sizeMiB: null, uuid: 'd' },
  ],
};
export const machine = {
  firmware: 'uefi',
  noEncryption: '',
  tpm2: false,
  modelsBytes: 40 * 2 ** 20,
  locales: ['C.UTF-8'],
  timezones: ['Etc/UTC', 'Europe/Berlin'],
};
export const disk = {
  name: 'nvme0n1',
  path: '/dev/nvme0n1',
  size: 8 * gibibyte,
  model: 'Fast One',
  serial: 'S1',
  links: ['/dev/disk/by-id/nvme-fast'],
  readOnly: false,
  sectorBytes: 512,
  uses: [],
  holds: [],
  medium: false,
  failing: '',
  unfinished: false,
  table: 'gpt',
  partitions: [] as object[],
};
export const old = { ...disk, holds: ['ntfs "Windows"', 'a partition "EFI"'] };
export const other = { ...disk, name: 'sda', path: '/dev/sda', serial: 'S2', links: [] };
export const stick = {
  ...disk,
  name: 'sdb',
  path: '/dev/sdb',
  serial: 'S3',
  medium: true,
  holds: ['iso9660 "NANITE"'],
};

export interface Case {
  disks?: object[];
  answers?: object;
  lines?: string[];
  machine?: object;
  image?: object;
}
export interface Result {
  plan?: { disk: { path: string }; lost: string[]; settings: object; new: { [id: string]: string } };
  answers: { [name: string]: unknown };
  error?: { code: string; message: string; written: boolean };
  said: string[];
}

/** All cases by one process, whose rules are those of the image. */
export function planAll(cases: Case[]): Result[] {
  const whole = cases.map((one) => ({ image, machine, disks: [disk], answers: { disk: 'only' }, ...one }));
  const program = join(repository, 'build/testdata/plan-installations.py');
  const rules = join(repository, 'overlays/installer/usr/lib/installer');
  const input = JSON.stringify(whole);
  return JSON.parse(execFileSync('python3', [program, rules], { input, encoding: 'utf8' }));
}
