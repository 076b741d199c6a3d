import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'microcode',
  summary: "corrections to the processors' own programs, of Intel and AMD, loaded before the kernel begins",
  requirements: ['BOOT-14'],
  options: {},
  // The initramfs has those of every processor: what the builder's needs is of no use elsewhere.
  early: ['etc/default/amd64-microcode'],
  effect: () => ({}),
});
