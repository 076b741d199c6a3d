import { describe, expect, it } from 'vitest';
import {
  type Case,
  disk,
  gibibyte,
  image,
  machine,
  old,
  other,
  planAll,
  stick,
} from './installer-fixture.ts';

const names = ['/dev/nvme0n1', '/dev/disk/by-id/nvme-fast', 'nvme0n1', 'S1'];
const hash = '$6$saltsalt$abc';
const encryption = { passphrase: 'correct horse' };

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
  [
    'a passphrase that is too short, and a TPM that is no yes or no',
    'ANSWERS_INVALID',
    /encryption\.passphrase has at least 8.*encryption\.tpm2 is true or false/,
    { answers: { disk: 'only', encryption: { passphrase: 'short', tpm2: 'yes' } } },
  ],
  [
    'encryption on a machine that could not start then',
    'ANSWERS_INVALID',
    /cannot be encrypted: a BIOS starts no encrypted disk/,
    {
      answers: { disk: 'only', encryption },
      machine: { ...machine, noEncryption: 'a BIOS starts no encrypted disk' },
    },
  ],
  [
    'a TPM that the machine does not have',
    'ANSWERS_INVALID',
    /this machine has no TPM 2\.0/,
    { answers: { disk: 'only', encryption: { ...encryption, tpm2: true } } },
  ],
  ['to keep and to erase', 'ANSWERS_INVALID', /give one of them/, { answers: { keep: true, erase: 'sda' } }],
];

const taken: Case[] = [
  ...names.map((name) => ({ disks: [disk, other], answers: { disk: name } })),
  { disks: [stick, old], answers: { disk: 'only', erase: 'nvme0n1' } },
];
const secret = { disk: 'only', user: { name: 'anna', passwordHash: hash }, encryption };
const planned = planAll([...refused.map(([, , , one]) => one), ...taken, {}, {}, { answers: secret }]);
const results = {
  refused: planned.splice(0, refused.length),
  taken: planned.splice(0, taken.length),
  two: planned.splice(0, 2),
  secret: planned.shift()!,
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
  expect(plan!.settings).toMatchObject({ encryption: 'passphrase, recovery key' });
  expect(JSON.stringify(plan)).not.toContain(hash);
  expect(JSON.stringify(plan)).not.toContain(encryption.passphrase);
});
