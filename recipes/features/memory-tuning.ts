import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'memory-tuning',
  summary:
    "the kernel's memory settings for one large process: huge pages where programs want none, early write-back",
  requirements: ['MEM-03', 'MEM-06', 'BOOT-13', 'BOOT-15'],
  options: {},
  effect: () => ({
    // The detector of hard lock-ups takes one of the processor's counters; the hardware watchdog stays.
    kernelCommandLine: ['nmi_watchdog=0'],
  }),
});
