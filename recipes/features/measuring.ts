import { defineFeature } from '../../build/model/define.ts';
import { python } from './disk.ts';

export default defineFeature({
  name: 'measuring',
  summary: 'ai-bench finds the threads a model is fastest with; perf, hwloc, numactl and btop say why',
  requirements: ['MON-05', 'MON-06', 'RT-08', 'BOOT-16'],
  options: {},
  hygiene: {
    generated: {
      // linux-perf brings Python.
      ...python,
      '^etc/profile\\.d/debuginfod\\.c?sh$': 'made by libdebuginfod-common with ucf',
      '^var/lib/ucf/(cache(/.*)?|hashfile|registry)$': 'made by ucf',
    },
  },
  effect: () => ({ requires: ['inference'] }),
});
