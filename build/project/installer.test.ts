import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../host/fs/files.ts';

const gibibyte = 2 ** 30;
const image = {
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
const machine = {
  firmware: 'uefi',
  modelsBytes: 40 * 2 ** 20,
  locales: ['C.UTF-8'],
  timezones: ['Etc/UTC', 'Europe/Berlin'],
};
const disk = {
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
};
const old = { ...disk, holds: ['ntfs "Windows"', 'a partition "EFI"'] };
const other = { ...disk, name: 'sda', path: '/dev/sda', serial: 'S2', links: [] };
const stick = {
  ...disk,
  name: 'sdb',
  path: '/dev/sdb',
  serial: 'S3',
  medium: true,
  holds: ['iso9660 "NANITE"'],
};

interface Case {
  disks?: object[];
  answers?: object;
  lines?: string[];
  machine?: object;
  image?: object;
}
interface Result {
  plan?: { disk: { path: string }; lost: string[]; settings: object; new: { [id: string]: string } };
  answers: { [name: string]: unknown };
  error?: { code: string; message: string; written: boolean };
  said: string[];
}

const names = ['/dev/nvme0n1', '/dev/disk/by-id/nvme-fast', 'nvme0n1', 'S1'];
const key = 'ssh-ed25519 AAAAC3 me@home';
const hash = '$6$saltsalt$abc';

/** All cases by one process, whose rules are those of the image. */
function planAll(cases: Case[]): Result[] {
  const whole = cases.map((one) => ({ image, machine, disks: [disk], answers: { disk: 'only' }, ...one }));
  const program = join(repository, 'build/testdata/plan-installations.py');
  const rules = join(repository, 'overlays/installer/usr/lib/installer');
  const input = JSON.stringify(whole);
  return JSON.parse(execFileSync('python3', [program, rules], { input, encoding: 'utf8' }));
}

const refused: [what: string, code: string, message: RegExp, one: Case][] = [
  ['the medium', 'DISK_UNFIT', /sdb is the medium/, { disks: [stick], answers: { disk: 'sdb' } }],
  ['a machine with the medium alone', 'DISK_UNFIT', /there are 0 disks/, { disks: [stick] }],
  ['one of two disks that is not named', 'DISK_UNFIT', /there are 2 disks/, { disks: [disk, other] }],
  ['a disk that is not there', 'DISK_UNFIT', /no disk sdz/, { answers: { disk: 'sdz' } }],
  ['no disk at all', 'ANSWERS_INVALID', /no disk is named/, { answers: {} }],
  ['a read-only disk', 'DISK_UNFIT', /is read-only/, { disks: [{ ...disk, readOnly: true }] }],
  ['a mounted disk', 'DISK_UNFIT', /in use \(\/mnt\)/, { disks: [{ ...disk, uses: ['/mnt'] }] }],
  [
    'a failing disk',
    'DISK_UNFIT',
    /is failing: it cannot/,
    { disks: [{ ...disk, failing: 'it cannot be read' }] },
  ],
  ['a small disk', 'DISK_UNFIT', /has 2.0 GiB, and the system/, { disks: [{ ...disk, size: 2 * gibibyte }] }],
  [
    'sectors of 4096 bytes under BIOS',
    'DISK_UNFIT',
    /sectors of 4096 bytes/,
    { disks: [{ ...disk, sectorBytes: 4096 }], machine: { ...machine, firmware: 'bios' } },
  ],
  [
    'firmware that the system does not start by',
    'DISK_UNFIT',
    /starts by bios, the system by uefi/,
    { image: { ...image, firmware: ['uefi'] }, machine: { ...machine, firmware: 'bios' } },
  ],
  ['a disk with data', 'CONFIRMATION_MISSING', /not empty: ntfs "Windows"/, { disks: [old] }],
  [
    'a disk with data when another is named',
    'CONFIRMATION_MISSING',
    /erase names sda/,
    { disks: [old], answers: { disk: 'only', erase: 'sda' } },
  ],
  [
    'an unknown time zone',
    'ANSWERS_INVALID',
    /timezone Mars/,
    { answers: { disk: 'only', timezone: 'Mars' } },
  ],
  ['an unknown language', 'ANSWERS_INVALID', /locale xx_XX/, { answers: { disk: 'only', locale: 'xx_XX' } }],
  [
    'answers with several mistakes, all at once',
    'ANSWERS_INVALID',
    /colour is not known.*hostname cannot be.*user\.name cannot be 'root'.*no public key/s,
    {
      answers: { disk: 'only', colour: 1, hostname: '-', user: { name: 'root' }, sshKeys: ['no key'] },
    },
  ],
  ['to keep and to erase', 'ANSWERS_INVALID', /give one of them/, { answers: { keep: true, erase: 'sda' } }],
];

const taken: Case[] = [
  ...names.map((name) => ({ disks: [disk, other], answers: { disk: name } })),
  { disks: [stick, old], answers: { disk: 'only', erase: 'nvme0n1' } },
];
const secret = { disk: 'only', user: { name: 'anna', passwordHash: hash } };
const dialogues: Case[] = [
  {
    disks: [stick, { ...other, size: gibibyte }, old],
    lines: [
      '2',
      '1',
      'nvme0n1',
      'attic',
      'Anna',
      'anna',
      'secret',
      'secreT',
      'secret',
      'secret',
      key,
      'Berlin',
      'Europe/Berlin',
      'de',
    ],
  },
  { disks: [old], lines: ['1', 'y'] },
  { disks: [stick], lines: [] },
  { disks: [disk], lines: ['1'] },
];

const planned = planAll([
  ...refused.map(([, , , one]) => one),
  ...taken,
  {},
  {},
  { answers: secret },
  ...dialogues,
]);
const results = {
  refused: planned.splice(0, refused.length),
  taken: planned.splice(0, taken.length),
  two: planned.splice(0, 2),
  secret: planned.shift()!,
  dialogues: planned,
};

describe('an installation is refused, and nothing is written', () => {
  it.each(refused.map(([what, code, message], at) => ({ what, code, message, at })))(
    '$what',
    ({ code, message, at }) => {
      expect(results.refused[at]!.error).toMatchObject({ code, written: false });
      expect(results.refused[at]!.error!.message).toMatch(message);
    },
  );
});

it('a disk is named by its path, a link, its name or its serial number; one with data twice', () => {
  const plans = results.taken;
  expect(plans.map((one) => one.plan?.disk.path)).toEqual(names.map(() => disk.path).concat(disk.path));
  expect(plans.at(-1)!.plan!.lost).toEqual(old.holds);
});

it('two installations have different ids of every partition', () => {
  const ids = results.two.flatMap(({ plan }) => Object.values(plan!.new));
  expect(new Set(ids).size).toBe(2 * image.partitions.length);
});

it('a plan tells no secret', () => {
  const { plan } = results.secret;
  expect(plan!.settings).toMatchObject({ user: 'anna', password: true });
  expect(JSON.stringify(plan)).not.toContain(hash);
});

describe('the dialogue', () => {
  const [done, left, none, nothing] = results.dialogues as [Result, Result, Result, Result];

  it('takes a disk with data when its name is typed, and asks again for what it cannot take', () => {
    expect(done.answers).toEqual({
      disk: '/dev/nvme0n1',
      erase: 'nvme0n1',
      hostname: 'attic',
      user: { name: 'anna', password: 'secret' },
      sshKeys: [key],
      timezone: 'Europe/Berlin',
      keymap: 'de',
    });
    const said = done.said.join('\n');
    expect(said).toMatch(
      /- {2}\/dev\/sdb.*is the medium.*- {2}\/dev\/sda.*has 1.0 GiB.* 1 {2}\/dev\/nvme0n1.*ntfs "Windows"/s,
    );
    expect(said).toMatch(
      /There are the numbers 1 to 1\..*ALL OF THIS WILL BE LOST.*They differ\..*Like it are: Europe\/Berlin/s,
    );
  });

  it('ends when the name of a disk with data is not typed', () => {
    expect(left.error).toMatchObject({ code: 'CANCELLED', written: false });
  });

  it('ends when no disk can be taken', () => {
    expect(none.error).toMatchObject({ code: 'DISK_UNFIT' });
  });

  it('has an answer to every question, but for a password and a key', () => {
    expect(nothing.plan!.settings).toEqual({
      hostname: 'nanite-server',
      timezone: 'Etc/UTC',
      keymap: 'us',
      user: 'nanite',
      password: false,
      keys: 0,
    });
  });
});
