import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'models-in-memory',
  summary: 'keeps what serves the models out of swap',
  requirements: ['MEM-05'],
  options: {},
  effect: () => ({ requires: ['inference'] }),
});
