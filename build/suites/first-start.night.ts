import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgress } from '../host/progress.ts';
import { readArtifact } from '../project/artifact.ts';
import { prepareMachine, type TestMachine } from '../smoke/test-machine.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import { connectGuest } from '../vm/guest.ts';
import { boot } from '../vm/machine.ts';
import { SampleImages } from './support/samples.ts';

const progress = createProgress({ json: false });

let samples: SampleImages;
let machine: TestMachine;
beforeAll(async () => {
  samples = await SampleImages.prepare();
  const image = await samples.build('several-models', 'qcow2');
  machine = await prepareMachine(image, await readArtifact(image));
});
afterAll(async () => {
  await machine?.remove();
  samples.remove();
});

// As mkpasswd prints it, for the word `secret`.
const hash =
  '$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1';

test('a machine takes name, time zone, keyboard and a password that a hypervisor hands over, and keeps them', async () => {
  const credentials = {
    'firstboot.hostname': 'attic',
    'firstboot.timezone': 'Europe/Berlin',
    'firstboot.keymap': 'de(nodeadkeys)',
    'passwd.hashed-password.owner': hash,
  };
  await start(credentials);
  // The next start gets nothing.
  await start({});
}, 1_800_000);

async function start(credentials: { [name: string]: string }): Promise<void> {
  const { kind: accelerator } = await probeAccelerator();
  const how = { accelerator, credentials, firmware: 'uefi' as const, controller: 'virtio' as const };
  const started = await boot({ ...machine.qemu, ...how, folder: machine.folder }, progress);
  try {
    const guest = await connectGuest(started.address);
    try {
      await guest.succeed('systemctl is-system-running --wait');
      expect(
        await guest.succeed('hostname; readlink /etc/localtime; getent shadow owner | cut -d: -f2'),
      ).toBe(`attic\n../usr/share/zoneinfo/Europe/Berlin\n${hash}`);
      expect(await guest.succeed('cat /etc/default/keyboard')).toContain(
        'XKBLAYOUT="de"\nXKBVARIANT="nodeadkeys"\n',
      );
      await guest.succeed('sync');
    } finally {
      guest.close();
    }
  } finally {
    await started.stop();
  }
}
