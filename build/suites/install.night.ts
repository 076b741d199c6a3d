import { beforeAll, expect, test } from 'vitest';
import type { Controller } from '../model/target.ts';
import type { Firmware } from '../model/types.ts';
import type { MachineShape } from '../vm/machine-shape.ts';
import { buildDefaultImage } from './support/images.ts';
import { expectGood, newTarget, runInstaller, startInstalled } from './support/install.ts';

let iso: string;
beforeAll(async () => {
  iso = (await buildDefaultImage('iso')).path;
});

/** What two installations must not share, by the machine. */
const identities = new Map<string, string>();

test.each<[Controller, Firmware, MachineShape]>([
  ['nvme', 'uefi', {}],
  ['virtio', 'bios', {}],
  ['virtio', 'uefi', { sectorBytes: 4096 }],
  ['ahci', 'uefi', { secureBoot: true }],
])(
  'the ISO installs itself on an empty disk by %s under %s %j, which then starts alone and answers',
  async (controller, firmware, shape) => {
    const name = [controller, firmware, ...Object.keys(shape)].join('-');
    const target = await newTarget(name, { controller, firmware, shape });
    const answers = {
      ...{ disk: 'only', hostname: 'attic', timezone: 'Europe/Berlin', sshKeys: [target.publicKey] },
      user: { name: 'anna' },
    };
    const { steps } = await runInstaller(iso, target, answers);
    expect(steps.map(({ step, error }) => step ?? error)).toEqual(['plan', 'writing', 'done']);
    await startInstalled(target, async (guest) => {
      const zone = '../usr/share/zoneinfo/Europe/Berlin';
      expect(await guest.succeed('hostname; readlink /etc/localtime; id --user --name anna')).toBe(
        `attic\n${zone}\nanna`,
      );
      expect(await guest.succeed('findmnt --noheadings --output FSTYPE /')).toBe('xfs');
      await expectGood(guest);
      const identity =
        'cat /etc/machine-id /etc/ssh/ssh_host_ed25519_key.pub; blkid --output value --match-tag PARTUUID';
      for (const line of (await guest.succeed(identity)).split('\n')) {
        expect(identities.get(line) ?? name).toBe(name);
        identities.set(line, name);
      }
    });
  },
);
