import { beforeAll, expect, test } from 'vitest';
import type { Controller } from '../model/target.ts';
import type { Firmware } from '../model/types.ts';
import { buildDefaultImage } from './support/images.ts';
import { expectAnswer, newTarget, runInstaller, startInstalled } from './support/install.ts';

let iso: string;
beforeAll(async () => {
  iso = (await buildDefaultImage('iso')).path;
});

test.each<[Controller, Firmware]>([
  ['nvme', 'uefi'],
  ['virtio', 'bios'],
])(
  'the ISO installs itself on an empty disk by %s under %s, which then starts alone and answers',
  async (controller, firmware) => {
    const target = await newTarget(`${controller}-${firmware}`, { controller, firmware });
    const answers = {
      disk: 'only',
      hostname: 'attic',
      timezone: 'Europe/Berlin',
      sshKeys: [target.publicKey],
    };
    const { steps } = await runInstaller(iso, target, answers);
    expect(steps.map(({ step }) => step)).toEqual(['plan', 'writing', 'done']);
    const answer = await startInstalled(target, async (guest) => {
      expect(await guest.succeed('hostname; readlink /etc/localtime')).toBe(
        'attic\n../usr/share/zoneinfo/Europe/Berlin',
      );
      expect(await guest.succeed('findmnt --noheadings --output FSTYPE /')).toBe('xfs');
      return expectAnswer(guest);
    });
    expect(JSON.parse(answer).choices[0].message.content.length).toBeGreaterThan(0);
  },
);
