import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'uki',
  summary: 'starts from unified kernel images: kernel, initramfs and command line in one file, by UEFI only',
  requirements: ['BOOT-01'],
  options: {},
  effect: () => ({ requires: ['disk'] }),
});
