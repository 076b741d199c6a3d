import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'nodejs',
  summary: 'Node.js of the archive, for applications that run on it',
  requirements: ['LANG-04'],
  options: {},
  effect: () => ({}),
});
