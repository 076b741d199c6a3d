import { defineFeature } from '../../build/model/define.ts';
import type { Allowed } from '../../build/model/hygiene.ts';

export const nvtop: Allowed = {
  'usr/bin/nvtop security.capability': 'reads how busy the card is with the work of all users',
};

export default defineFeature({
  name: 'vulkan',
  summary: 'the model on graphics cards of every maker by Vulkan, and nvtop to watch them',
  requirements: ['GPU-01', 'MON-05'],
  options: {},
  hygiene: { attributes: nvtop },
  effect: () => ({ requires: ['inference'] }),
});
