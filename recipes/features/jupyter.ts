import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'jupyter',
  summary: "Jupyter's server and console with a Python kernel, for notebooks from any editor that knows them",
  requirements: ['DEV-06', 'LANG-01'],
  options: {},
  effect: () => ({}),
});
