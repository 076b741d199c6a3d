import { beforeAll, test } from 'vitest';
import { expectDiskStarts } from './support/boots.ts';
import { buildDefaultImage } from './support/default-image.ts';

let image: string;
beforeAll(async () => {
  image = (await buildDefaultImage('qcow2')).path;
});

test('a disk starts by UEFI, then by BIOS from another controller, and passes every check', async () => {
  await expectDiskStarts(image, {});
});
