import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'qemu-guest-agent',
  summary: "QEMU's guest agent, where QEMU offers its channel",
  requirements: ['BLD-02'],
  options: {},
  // A udev rule of the package starts it.
  effect: () => ({}),
});
