import { defineFeature } from '../../build/model/define.ts';
import { nvtop } from './vulkan.ts';

export default defineFeature({
  name: 'hardware-tools',
  summary: 'programs that tell what the machine is made of: processors, memory, disks, cards, sticks and TPM',
  requirements: ['MON-05'],
  options: {},
  hygiene: { attributes: nvtop },
  effect: () => ({}),
});
