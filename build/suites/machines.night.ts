import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder } from '../host/fs/scratch.ts';
import { createProgress } from '../host/progress.ts';
import { readArtifact } from '../project/artifact.ts';
import { prepareMachine } from '../smoke/test-machine.ts';
import { watchMachine } from '../smoke/watch-machine.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import { cloudsOf } from '../vm/clouds/start.ts';
import { machineProblems } from '../vm/machine-problems.ts';
import type { MachineShape } from '../vm/machine-shape.ts';
import type { SelfReport } from '../vm/self-report.ts';
import { dropIn, testOut } from './support/boots.ts';
import { buildDefaultImages } from './support/default-image.ts';

/** A medium, a disk for hypervisors, and a disk for clouds. */
const kinds = ['iso', 'qcow2', 'nocloud'];
const progress = createProgress({ json: false });
const paths: { [kind: string]: string } = {};

beforeAll(async () => {
  const images = await buildDefaultImages(kinds);
  for (const [n, kind] of kinds.entries()) paths[kind] = images[n]!.path;
});

interface Watched {
  memoryMiB?: number;
  credentials?: { [name: string]: string };
}

/** Starts an image on a machine of a certain shape, and returns what the machine says about itself. */
async function watch(
  kind: string,
  name: string,
  shape: MachineShape,
  asked: Watched = {},
): Promise<SelfReport> {
  const artifact = paths[kind]!;
  const record = await readArtifact(artifact);
  // A CD cannot have sectors of another size than its own, so a medium is a stick.
  const controller = kind === 'iso' ? 'usb' : record.controllers[0]!;
  const { kind: accelerator } = await probeAccelerator();
  const machine = await prepareMachine(artifact, record, cloudsOf(record.platform)[0]);
  const folder = await freshFolder(join(testOut, 'machines', `${kind}-${name}`));
  const port = record.features.find((feature) => feature.name === 'inference')!.values.port;
  try {
    const memoryMiB = asked.memoryMiB ?? machine.qemu.memoryMiB;
    const how = {
      firmware: 'uefi' as const,
      controller,
      accelerator,
      folder,
      credentials: asked.credentials ?? {},
    };
    return await watchMachine(
      { ...machine.qemu, ...how, memoryMiB, shape },
      `http://127.0.0.1:${port}`,
      progress,
    );
  } finally {
    await machine.remove();
  }
}

describe.each(kinds)('%s', (kind) => {
  test('settles without a serial port, without a network, with 1 GiB and a clock that stands in 1999', async () => {
    const shape = { serial: false, cards: 0, clock: '1999-12-31T23:59:59' };
    const report = await watch(kind, 'little', shape, { memoryMiB: 1024 });
    expect(machineProblems(report)).toEqual([]);
    expect(report.addresses).toEqual({});
    // systemd knows that it is later than its own making.
    expect(Number(report.clock.slice(0, 4))).toBeGreaterThan(2020);
    expect(JSON.parse(report.answer).choices[0].message.content).not.toBe('');
  });

  test('settles with two cards, a clock that stands in 2031, and a second disk of 4096-byte sectors', async () => {
    const spareDisk = join(await freshFolder(join(testOut, 'machines', `spare-${kind}`)), 'spare.raw');
    writeFileSync(spareDisk, '');
    truncateSync(spareDisk, 2 ** 30);
    const report = await watch(kind, 'much', { cards: 2, clock: '2031-02-03T04:05:06', spareDisk });
    expect(machineProblems(report)).toEqual([]);
    expect(Object.values(report.addresses).map((address) => address.split('/')[0])).toHaveLength(2);
    expect(report.clock).toMatch(/^2031-02-03/);
    expect(JSON.parse(report.answer).choices[0].message.content).not.toBe('');
  });

  test('is not found by the firmware on a drive whose sectors are of 4096 bytes, as the pages say', async () => {
    const error = await watch(kind, '4096', { sectorBytes: 4096 }).then(
      () => expect.unreachable('it was started'),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: 'BOOT_FAILED' });
    expect(error.message).toMatch(/found nothing to boot/);
  });
});

test('a login that is started again for ever is noticed, and it is nothing else that is', async () => {
  const credentials = dropIn('serial-getty@.service', '[Service]\nExecCondition=\n');
  const shape = { serial: false };
  const report = await watch('iso', 'planted', shape, { credentials });
  const problems = machineProblems(report);
  expect(problems.join('\n')).toMatch(/started again [3-9] times: serial-getty@ttyS0\.service/);
  expect(problems.filter((line) => !/ttyS0|agetty|serial/.test(line))).toEqual([]);
});
