import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'pytorch',
  summary: 'PyTorch on the processor, with transformers and safetensors',
  requirements: ['ML-01', 'ML-03', 'DEV-10'],
  options: {},
  effect: () => ({}),
});
