import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'open-vm-tools',
  summary: "VMware's guest tools, in VMware only",
  requirements: ['BLD-02'],
  options: {},
  effect: () => ({ enable: ['open-vm-tools.service'] }),
});
