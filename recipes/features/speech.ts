import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'speech',
  summary:
    'whisper.cpp to write down what is said, once a model for it is in /var/ai-data/models, and espeak-ng to speak',
  requirements: ['APP-06'],
  options: {},
  effect: () => ({}),
});
