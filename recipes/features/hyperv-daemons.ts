import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'hyperv-daemons',
  summary: "Hyper-V's guest services, in Hyper-V and Azure only",
  requirements: ['BLD-02'],
  options: {},
  // udev rules of the package start two; the third waits for a device that only Hyper-V has.
  effect: () => ({ enable: ['hv-fcopy-uio-daemon.service'] }),
});
