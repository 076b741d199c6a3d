import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'fonts',
  summary: 'fonts for all scripts, Chinese, Japanese and Korean among them, for code and for emoji',
  requirements: ['DSK-07'],
  options: {},
  effect: () => ({}),
});
