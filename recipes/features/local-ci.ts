import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'local-ci',
  summary: 'runs the checks of a git repository on this machine before each push',
  requirements: ['ML-10', 'ML-12'],
  options: {},
  effect: () => ({ requires: ['model-versioning'] }),
});
