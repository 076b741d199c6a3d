import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../host/fs/files.ts';
import { openStore } from '../host/store/store.ts';
import type { SmokeReport } from '../vm/report.ts';
import { buildSmallKernel, differingBuild } from './support/kernel-builds.ts';
import { kernelRecipe, SampleImages } from './support/samples.ts';

let samples: SampleImages;
beforeAll(async () => {
  samples = await SampleImages.prepare();
});
afterAll(() => samples.remove());

test('a small kernel built twice, in folders of different names, is the same package', async () => {
  const store = await openStore();
  const first = await buildSmallKernel({ folder: 'kernel', jobs: 2 }, store);
  const second = await buildSmallKernel({ folder: 'a/longer/path', jobs: 1 }, store);
  expect(first.path).toMatch(/^linux-image-7\.2\.\d+-ingot_.*\+ingot_amd64\.deb$/);
  expect(second).toEqual(first);
});

test('a date in the package is found', async () => {
  const store = await openStore();
  const first = await buildSmallKernel({ folder: 'kernel', jobs: 2 }, store);
  const planted = await differingBuild({ folder: 'kernel', jobs: 2 }, store);
  expect(planted.path).toBe(first.path);
  expect(planted.sha256).not.toBe(first.sha256);
});

test('a system with a kernel of its own starts, proves the kernel, and answers', async () => {
  const path = await samples.build(kernelRecipe, 'qcow2');
  const test = ['test', path, '--firmware', 'uefi', '--out', join(repository, 'out/test')];
  const reports = JSON.parse(await samples.succeed(test)) as SmokeReport[];
  expect(reports.map(({ ok }) => ok)).toEqual([true, true]);
  expect(reports[0]!.figures).toMatchObject({ kernelProof: '/proc/config.gz' });
  expect(reports[0]!.figures.kernel).toMatch(/-ingot$/);
});
