import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'hip',
  summary: "the model on AMD's cards by HIP; refused for its size, `vulkan` serves these cards",
  requirements: [],
  untested: 'ingot plan refuses it',
  options: {},
  effect: () => ({
    problems: [
      'is refused: with its libraries the HIP backend takes 5.4 GiB, which is more than any image that Ingot makes; ' +
        'use the feature vulkan, which drives these cards by Mesa',
    ],
  }),
});
