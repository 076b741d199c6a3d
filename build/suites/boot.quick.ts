import { test } from 'vitest';
import { expectMediumBoots } from './support/boots.ts';
import { buildDefaultImage } from './support/images.ts';

test('the image boots by UEFI and passes every check', async () => {
  await expectMediumBoots((await buildDefaultImage()).path, 'uefi');
});
