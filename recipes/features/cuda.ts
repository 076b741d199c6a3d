import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'cuda',
  summary:
    "the model on NVIDIA's cards by CUDA; refused until its packages exist, `vulkan` serves these cards",
  requirements: [],
  untested: 'ingot plan refuses it',
  options: {},
  effect: () => ({
    problems: [
      'is refused: the distribution has neither a CUDA backend of llama.cpp nor an NVIDIA driver that is known to ' +
        'build for its kernel; use the feature vulkan, which drives these cards by Mesa',
    ],
  }),
});
