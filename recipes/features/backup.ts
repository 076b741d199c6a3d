import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'backup',
  summary: 'restic copies data and settings every night, once the owner has said where to',
  requirements: ['UPD-04'],
  options: {},
  effect: () => ({ enable: ['back-up.timer'] }),
});
