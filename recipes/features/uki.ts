import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'uki',
  summary: 'boots unified kernel images (kernel, initramfs and command line in one file) by UEFI',
  requirements: ['BOOT-01'],
  options: {},
  effect: () => ({ requires: ['disk'] }),
});
