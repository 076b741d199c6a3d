import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'serving-performance',
  summary: 'the processor at full speed while a model is served, and cores of its own where there are enough',
  requirements: ['BOOT-03', 'BOOT-10', 'BOOT-15', 'RT-07'],
  options: {
    coresForSystem: {
      description: 'cores that models leave to the system, on machines with four or more; 0 shares all',
      type: 'integer',
      default: 1,
      minimum: 0,
      maximum: 64,
    },
  },
  effect: ({ coresForSystem }) => ({
    values: { coresForSystem: Number(coresForSystem) },
    enable: ['serving-performance.service', 'models-cores.service'],
    requires: ['inference'],
  }),
});
