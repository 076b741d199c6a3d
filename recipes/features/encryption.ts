import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'encryption',
  summary: 'what an encrypted disk needs, for installations that ask for one; nothing is encrypted by itself',
  requirements: ['BLD-07'],
  options: {},
  effect: () => ({ requires: ['disk'] }),
});
