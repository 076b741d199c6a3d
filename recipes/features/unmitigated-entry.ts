import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'unmitigated-entry',
  summary:
    "a second entry of the disk's boot menu, without the kernel's protection against flaws of processors",
  requirements: ['BOOT-13', 'SEC-06'],
  options: {},
  effect: () => ({
    bootEntries: [
      {
        name: 'unmitigated',
        title: 'UNSAFE without mitigations, for trusted models and no network',
        words: ['mitigations=off'],
      },
    ],
    requires: ['disk'],
    conflicts: ['uki'],
  }),
});
