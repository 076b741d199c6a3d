import { beforeAll, test } from 'vitest';
import type { Firmware } from '../model/types.ts';
import {
  dropIn,
  expectFailure,
  expectMediumBoots,
  failingUnitAndTruncatedModel,
  forgetModel,
  type PlantedFault,
} from './support/boots.ts';
import { buildDefaultImage } from './support/images.ts';

let image: string;
beforeAll(async () => {
  image = (await buildDefaultImage()).path;
  await forgetModel(image);
});

test.each(['bios', 'uefi'] as Firmware[])('the image boots by %s and passes every check', async (firmware) =>
  expectMediumBoots(image, firmware),
);

const faults: PlantedFault[] = [
  failingUnitAndTruncatedModel,
  {
    fault: 'a disabled unit',
    options: {
      credentials: dropIn('llama-server.service', '[Unit]\nConditionPathExists=/nowhere\n'),
      only: ['machine/image', 'inference'],
    },
    failing: [/the server becomes healthy/, /a chat completion returns tokens/],
  },
];

test.each(faults)('a planted fault fails the test with SMOKE_FAILED: $fault', async (planted) =>
  expectFailure(image, { ...planted, options: { ...planted.options, firmware: ['bios'] } }),
);
