import { describe, expect, it } from 'vitest';
import { type Case, disk, gibibyte, old, other, planAll, type Result, stick } from './installer-fixture.ts';

const key = 'ssh-ed25519 AAAAC3 me@home';
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
      'yes',
      'short',
      'correct horse',
      'correct house',
      'correct horse',
      'correct horse',
    ],
  },
  { disks: [old], lines: ['1', 'y'] },
  { disks: [stick], lines: [] },
  { disks: [disk], lines: ['1'] },
];

describe('the dialogue', () => {
  const [done, left, none, nothing] = planAll(dialogues) as [Result, Result, Result, Result];

  it('takes a disk with data when its name is typed, and asks again for what it cannot take', () => {
    expect(done.answers).toEqual({
      disk: '/dev/nvme0n1',
      erase: 'nvme0n1',
      hostname: 'attic',
      user: { name: 'anna', password: 'secret' },
      sshKeys: [key],
      timezone: 'Europe/Berlin',
      keymap: 'de',
      encryption: { passphrase: 'correct horse', tpm2: false },
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
      encryption: 'none',
    });
  });
});
