import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type TestOptions, testArtifacts } from '../../commands/test.ts';
import { repository } from '../../host/fs/files.ts';
import { createProgress } from '../../host/progress.ts';
import { openStore } from '../../host/store/store.ts';
import type { IngotError } from '../../model/errors.ts';
import type { Firmware } from '../../model/types.ts';
import { readArtifact } from '../../project/artifact.ts';
import type { SmokeReport } from '../../vm/report.ts';

const progress = createProgress({ json: false });
/** Where the reports of boots go. */
export const testOut = join(repository, 'out', 'test');

/** Boots an image and expects that every check on it holds. */
export async function expectBoots(image: string, options: Partial<TestOptions>): Promise<SmokeReport[]> {
  return testArtifacts([image], { out: testOut, ...options }, progress);
}

/** A medium boots by one firmware and passes all checks of its features. */
export async function expectMediumBoots(image: string, firmware: Firmware): Promise<void> {
  const [report] = await expectBoots(image, { firmware: [firmware] });
  expect(report!.ok).toBe(true);
  expect(report!.checks.length).toBeGreaterThan(25);
}

/**
 * A disk starts by each firmware and from each controller; the first start has all checks, the second what
 * must stay.
 */
export async function expectDiskStarts(image: string, options: Partial<TestOptions>): Promise<SmokeReport[]> {
  const reports = await expectBoots(image, options);
  expect(reports.map(({ firmware, controller }) => `${firmware} ${controller}`)).toEqual([
    'uefi virtio',
    'bios virtio-scsi',
  ]);
  expect(reports[0]!.checks.length).toBeGreaterThan(35);
  expect(reports[1]!.checks.length).toBeGreaterThan(10);
  return reports;
}

/** A fault put into a machine from outside, and what the failed test has to say about it. */
export interface PlantedFault {
  fault: string;
  options: Partial<TestOptions>;
  failing: RegExp[];
}

/**
 * Boots an image with a planted fault and expects that the test fails by the names of the checks concerned.
 */
export async function expectFailure(image: string, { fault, options, failing }: PlantedFault): Promise<void> {
  const folder = join(testOut, fault.replaceAll(' ', '-'));
  const error: IngotError = await testArtifacts([image], { out: folder, ...options }, progress).then(
    () => expect.unreachable('the planted fault was not noticed'),
    (thrown) => thrown,
  );
  expect(error.code).toBe('SMOKE_FAILED');
  for (const pattern of failing) expect(error.message).toMatch(pattern);
}

/** Credentials that change a unit of the image by a drop-in. */
export const dropIn = (unit: string, text: string) => ({ [`systemd.unit-dropin.${unit}`]: text });

/** A unit of the machine's own that fails at every boot. */
export const failingUnit = {
  'systemd.extra-unit.planted.service': '[Service]\nType=oneshot\nExecStart=/bin/false\n',
  ...dropIn('multi-user.target', '[Unit]\nWants=planted.service\n'),
};

/** The planted fault that costs least: it needs no model to fail. */
export const failingUnitAlone: PlantedFault = {
  fault: 'a failing unit',
  options: { credentials: failingUnit, only: ['machine/image'] },
  failing: [/no unit failed: ((?!, start \d).)*planted\.service/s],
};

const truncated = '/run/llama-server/truncated.gguf';

/** Two faults in one boot: neither hides the other. */
export const failingUnitAndTruncatedModel: PlantedFault = {
  fault: 'a failing unit and a truncated model',
  options: {
    credentials: {
      ...failingUnit,
      ...dropIn(
        'llama-server.service',
        `[Service]
Environment=LLAMA_ARG_MODEL=${truncated}
ExecStartPre=/bin/sh -c 'head --bytes=20000000 /usr/share/ai/models/smoke.gguf > ${truncated}'
`,
      ),
    },
    only: ['machine/image', 'inference'],
  },
  failing: [
    // A message has several lines, up to the next check's, which says again what was started.
    /no unit failed: ((?!, start \d).)*planted\.service/s,
    /no unit failed: ((?!, start \d).)*llama-server\.service/s,
    /console and journal tell of no failure: ((?!, start \d).)*Failed to start/s,
    /the server becomes healthy/,
    /a chat completion returns tokens/,
  ],
};

/**
 * As gc does with what was not asked for in a long time; the image is whole, and building it makes none of
 * it.
 */
export async function forgetModel(image: string): Promise<void> {
  const [model] = (await readArtifact(image)).models;
  rmSync((await openStore()).file(model!.sha256), { force: true });
}
