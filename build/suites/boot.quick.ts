import { beforeAll, test } from 'vitest';
import { expectFailure, expectMediumBoots, failingUnitAndTruncatedModel } from './support/boots.ts';
import { buildDefaultImage } from './support/default-image.ts';

let image: string;
beforeAll(async () => {
  image = (await buildDefaultImage()).path;
});

test('the image boots by UEFI and passes every check', async () => expectMediumBoots(image, 'uefi'));

// BIOS is the quicker of the two under emulation, and the fault is not the firmware's.
test('a failing unit and a truncated model fail the test by name', async () =>
  expectFailure(image, {
    ...failingUnitAndTruncatedModel,
    options: { ...failingUnitAndTruncatedModel.options, firmware: ['bios'] },
  }));
