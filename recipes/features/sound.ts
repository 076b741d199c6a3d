import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'sound',
  summary: 'PipeWire, for what plays by ALSA and PulseAudio as well, and the volume in the panel',
  requirements: ['DSK-02'],
  options: {},
  effect: () => ({}),
});
