import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder } from '../host/fs/scratch.ts';
import { createProgress } from '../host/progress.ts';
import type { Controller } from '../model/target.ts';
import { readArtifact } from '../project/artifact.ts';
import { prepareMachine } from '../smoke/test-machine.ts';
import { watchMachine } from '../smoke/watch-machine.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import { cloudsOf } from '../vm/clouds/start.ts';
import { upAfter } from '../vm/journal-repeats.ts';
import { machineProblems } from '../vm/machine-problems.ts';
import type { MachineShape } from '../vm/machine-shape.ts';
import type { SelfReport } from '../vm/self-report.ts';
import { dropIn, testOut } from './support/boots.ts';
import { buildDefaultImages } from './support/images.ts';

/** A medium, a disk for hypervisors, and a disk for clouds. */
const kinds = ['iso', 'qcow2', 'nocloud'];
const progress = createProgress({ json: false });
const paths: { [kind: string]: string } = {};

beforeAll(async () => {
  const images = await buildDefaultImages(kinds);
  for (const [n, kind] of kinds.entries()) paths[kind] = images[n]!.path;
});

interface Watched {
  controller?: Controller;
  memoryMiB?: number;
  credentials?: { [name: string]: string };
}

/**
 * A boot that takes longer tells of a busy host and not of the image: a login that has not got to its end
 * within a minute is given up, and begun again.
 */
const slowSeconds = 300;

/**
 * Starts an image on a machine of a certain shape, and returns what the machine says about itself; of a host
 * that was too busy, at the third time.
 */
async function watch(kind: string, name: string, shape: MachineShape, asked: Watched = {}) {
  for (let attempt = 1; ; attempt++) {
    const report = await watchOnce(kind, name, shape, asked);
    const seconds = Math.round(upAfter(report.journal) ?? 0);
    if (attempt === 3 || seconds < slowSeconds || !machineProblems(report).length) return report;
    progress.note(`the host was too busy, and the machine is started again: it was up after ${seconds} s`);
  }
}

async function watchOnce(
  kind: string,
  name: string,
  shape: MachineShape,
  asked: Watched,
): Promise<SelfReport> {
  const artifact = paths[kind]!;
  const record = await readArtifact(artifact);
  const controller = asked.controller ?? record.controllers[0]!;
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
    // It is at least as late as when the image was made.
    const { version } = await readArtifact(paths[kind]!);
    expect(Number(report.clock.slice(0, 10).replaceAll('-', ''))).toBeGreaterThanOrEqual(Number(version));
    expect(JSON.parse(report.answer).choices[0].message.content).not.toBe('');
  });

  test('settles without a screen, with two cards, a clock that stands in 2031 and a second disk of 4096-byte sectors', async () => {
    const spareDisk = join(await freshFolder(join(testOut, 'machines', `spare-${kind}`)), 'spare.raw');
    writeFileSync(spareDisk, '');
    truncateSync(spareDisk, 2 ** 30);
    const shape = { graphics: false, cards: 2, clock: '2031-02-03T04:05:06', spareDisk };
    const report = await watch(kind, 'much', shape);
    expect(machineProblems(report)).toEqual([]);
    expect(Object.values(report.addresses).map((address) => address.split('/')[0])).toHaveLength(2);
    expect(report.clock).toMatch(/^2031-02-03/);
    expect(JSON.parse(report.answer).choices[0].message.content).not.toBe('');
  });

  test('is not found by the firmware on a drive whose sectors are of 4096 bytes, as the pages say', async () => {
    // QEMU's sticks and CDs have sectors of their own size, whatever they are asked.
    const asked = { controller: 'virtio-scsi' as const };
    const error = await watch(kind, '4096', { sectorBytes: 4096 }, asked).then(
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
