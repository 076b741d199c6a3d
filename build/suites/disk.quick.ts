import { beforeAll, test } from 'vitest';
import { expectDiskStarts, expectFailure, failingUnitAlone } from './support/boots.ts';
import { buildDefaultImage } from './support/images.ts';

let image: string;
beforeAll(async () => {
  image = (await buildDefaultImage('qcow2')).path;
});

test('a disk starts by UEFI, then by BIOS from another controller, and passes every check', async () => {
  await expectDiskStarts(image, {});
});

test('a failing unit fails the test by name', async () =>
  expectFailure(image, {
    ...failingUnitAlone,
    options: { ...failingUnitAlone.options, firmware: ['uefi'] },
  }));
